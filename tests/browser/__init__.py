"""Tests in a real browser.

A package, so that its browser ends with its last test: while Playwright runs, it keeps an event
loop in the main thread, which no other test may meet.
"""
