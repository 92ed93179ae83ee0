"""How a conversation's memory is written down for the state store."""

from typing import Final

import msgspec

from bot.domain.conversation import Memory

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Memory)


def encode_memory(memory: Memory) -> bytes:
    """The memory as MessagePack."""
    return _ENCODER.encode(memory)


def decode_memory(content: bytes) -> Memory:
    """The memory; a fresh one where another version of the program wrote what this one cannot read."""
    try:
        return _DECODER.decode(content)
    except msgspec.DecodeError:
        return Memory()
