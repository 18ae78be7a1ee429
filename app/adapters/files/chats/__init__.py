"""Exports of chat programs and sets of chats, whose message trees keep all their branches."""
