"""Whoever writes a body, or damages a log, changes no verdict, raises nothing and costs no more than its length."""
