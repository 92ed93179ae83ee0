"""Multiplies small matrices in the registers of the processor; a library spends most of its time on preparing that."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from llvmlite.binding import get_host_cpu_features
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from intents.kernels.compiler import compiled

Floats = npt.NDArray[np.float32]

# So many numbers fill a register of this processor.
_LANES: Final = 16 if get_host_cpu_features().get("avx512f") else 8
# A tile of the product is so many rows and columns: as many sums as registers hold and as keep the processor busy.
TILE_ROWS: Final = 4
TILE_COLUMNS: Final = 3 * _LANES
_ALIGNED: Final = 4
_VECTOR: Final = ir.VectorType(ir.FloatType(), _LANES)
# A product may be added without being rounded first.
_FUSED: Final = ("contract",)


@compiled
def add_product(left: Floats, first: int, right: Floats, begin: int, product: Floats) -> None:
    """Adds some rows of one matrix times some rows of another to a product, in place.

    Args:
        left: as many rows are read from `first` on as `product` has, which must be a multiple of `TILE_ROWS`.
        right: as many rows are read from `begin` on as `left` has columns; its columns must be a multiple of
            `TILE_COLUMNS`. All three are contiguous.
    """
    depth, width = left.shape[1], right.shape[1]
    for row in range(0, len(product), TILE_ROWS):
        for column in range(0, width, TILE_COLUMNS):
            add_tile(left, (first + row) * depth, right, begin * width + column, product, row * width + column)


@intrinsic
def _add_tile(
    _: Any, left: Any, left_place: Any, right: Any, right_place: Any, product: Any, product_place: Any
) -> Any:
    """Adds to one tile of a product; places are those of first elements, counted along the arrays."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        matrices = [make_array(signature.args[at])(context, builder, arguments[at]) for at in (0, 2, 4)]  # type: ignore[no-untyped-call]
        starts = [builder.gep(matrix.data, [arguments[at]]) for matrix, at in zip(matrices, (1, 3, 5), strict=True)]
        depth, width = (cgutils.unpack_tuple(builder, matrix.shape)[1] for matrix in matrices[:2])  # type: ignore[no-untyped-call]
        own, others, sums = starts

        def vector_at(start: Any, row: Any, number: int) -> Any:
            place = builder.add(builder.mul(row, width), width.type(number * _LANES))
            return builder.bitcast(builder.gep(start, [place]), _VECTOR.as_pointer())

        tile = [
            (width.type(row), number, cgutils.alloca_once(builder, _VECTOR))  # type: ignore[no-untyped-call]
            for row in range(TILE_ROWS)
            for number in range(TILE_COLUMNS // _LANES)
        ]
        for row, number, kept in tile:
            builder.store(builder.load(vector_at(sums, row, number), align=_ALIGNED), kept)
        with cgutils.for_range(builder, depth) as loop:
            factors = [
                builder.load(vector_at(others, loop.index, number), align=_ALIGNED)
                for number in range(TILE_COLUMNS // _LANES)
            ]
            for row, number, kept in tile:
                place = builder.add(builder.mul(row, depth), loop.index)
                every = _spread(builder, builder.load(builder.gep(own, [place])))
                times = builder.fmul(every, factors[number], flags=_FUSED)
                builder.store(builder.fadd(builder.load(kept), times, flags=_FUSED), kept)
        for row, number, kept in tile:
            builder.store(builder.load(kept), vector_at(sums, row, number), align=_ALIGNED)
        return context.get_dummy_value()

    return types.void(left, types.intp, right, types.intp, product, types.intp), generate


def _spread(builder: Any, number: Any) -> Any:
    """A vector of one number."""
    nothing = ir.Constant(_VECTOR, ir.Undefined)
    first = builder.insert_element(nothing, number, ir.IntType(32)(0))
    return builder.shuffle_vector(first, nothing, ir.Constant(ir.VectorType(ir.IntType(32), _LANES), None))


add_tile: Final[Callable[[Any, int, Any, int, Any, int], None]] = _add_tile  # type: ignore[assignment]
