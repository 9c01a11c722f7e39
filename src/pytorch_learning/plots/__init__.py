"""The pictures of the notebooks: tensors as coloured grids, memory as strips, graphs as boxes.

Every function draws one new pyplot figure and returns None, so that a notebook cell shows the picture and
prints nothing.  All text in a picture is code (`x[:, 1]`, `shape (2, 3)`), so that both editions share it.
"""

from pytorch_learning.plots.broadcasting import broadcast
from pytorch_learning.plots.convolutions import convolution
from pytorch_learning.plots.floats import float_formats
from pytorch_learning.plots.graphs import autograd_graph
from pytorch_learning.plots.grids import tensor_grid
from pytorch_learning.plots.indexing import slices
from pytorch_learning.plots.joining import cat_and_stack
from pytorch_learning.plots.layers import layer_shapes
from pytorch_learning.plots.networks import network
from pytorch_learning.plots.pictures import images
from pytorch_learning.plots.sharing import shared_memory
from pytorch_learning.plots.striding import strides
from pytorch_learning.plots.timelines import timeline

__all__ = [
    "autograd_graph",
    "broadcast",
    "cat_and_stack",
    "convolution",
    "float_formats",
    "images",
    "layer_shapes",
    "network",
    "shared_memory",
    "slices",
    "strides",
    "tensor_grid",
    "timeline",
]
