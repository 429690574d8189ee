"""What curl says besides."""
from curlx.grammar.message import Message
MESSAGES: tuple[Message, ...] = ()
