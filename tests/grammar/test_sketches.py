"""Sketches of lines."""

from curlx.events import Chatter, Complaint
from curlx.grammar.sketches import chatter, failures


def test_a_sketch_stands_for_its_line_with_numbers_and_words() -> None:
    (message,) = chatter("topic", "Skip # for * connection")
    assert message.read("Skip 7 for data connection.") == Chatter("topic")
    assert message.read("Skip it for data connection") is None
    assert message.read("Skip 7 for data connection, then stop") is None


def test_three_dots_stand_for_the_rest_of_a_line() -> None:
    (message,) = chatter("topic", "Entry path is…")
    assert message.read("Entry path is '/a/b'") == Chatter("topic")


def test_sketches_are_looked_up_by_their_first_word() -> None:
    messages = chatter("topic", "Got it\nGot more\n# bytes left")
    assert [message.starts for message in messages] == [("Got",), ("",)]


def test_a_failure_keeps_its_words() -> None:
    (message,) = failures("RETR response: #")
    assert message.read("RETR response: 550") == Complaint("other", "RETR response: 550")
