"""Trials: variants, the rest played again, repetitions, and the library of instructions."""
