"""Asks the processor for rows of large tables before they are read: a message waits mostly for memory."""

from collections.abc import Callable
from typing import Any, Final

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

LINE: Final = 64
# Arguments of LLVM's prefetch: for reading, to be kept in the second cache, data.
_READ, _SECOND_CACHE, _DATA = 0, 2, 1


@intrinsic
def _prefetch(_: Any, array: Any, place: Any) -> Any:
    """Asks for the cache line of an element, counted along a contiguous array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = make_array(signature.args[0])(context, builder, arguments[0]).data  # type: ignore[no-untyped-call]
        pointer, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        element = builder.bitcast(builder.gep(data, [arguments[1]]), pointer)
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        builder.call(function, [element, number(_READ), number(_SECOND_CACHE), number(_DATA)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


prefetch: Final[Callable[[Any, int], None]] = _prefetch  # type: ignore[assignment]
