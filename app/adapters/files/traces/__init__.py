"""Traces, logs, checkpoints and event streams of programs that use models."""
