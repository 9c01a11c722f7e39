"""What has no place in an answer, and what looks like it but is in honest use."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

FRAMES = frozenset(
    {
        *("_getframe", "_getframemodulename", "_current_frames", "_current_exceptions", "currentframe"),
        *("getouterframes", "getinnerframes", "getclosurevars", "f_back", "f_locals", "f_globals"),
        *("tb_frame", "gi_frame", "cr_frame", "ag_frame", "get_stack", "walk_stack", "walk_tb"),
        *("get_referrers", "get_referents", "get_objects", "capture_locals"),
    }
)
HOOKS = frozenset(
    {
        *("settrace", "setprofile", "settrace_all_threads", "setprofile_all_threads", "set_trace"),
        *("addaudithook", "raise_signal", "ast_transformers", "input_transformers_post"),
        *("input_transformers_cleanup", "set_custom_exc", "do_execute", "execute_request", "execute_result"),
        *("execute_reply", "shell_handlers", "TorchFunctionMode", "TorchDispatchMode", "saved_tensors_hooks"),
        *(
            "cell_contents",
            "ctypes",
            "ctypeslib",
            "FunctionType",
            "methodcaller",
            "LambdaType",
            "CodeType",
            "new_class",
        ),
        *("MagicMock", "NonCallableMock", "NonCallableMagicMock", "AsyncMock", "PropertyMock"),
        *("IPKernelApp", "SingletonConfigurable", "register_module_forward_hook", "path_importer_cache"),
        *(
            "register_module_forward_pre_hook",
            "register_module_backward_hook",
            "register_module_full_backward_hook",
        ),
        *("register_module_full_backward_pre_hook", "register_module_buffer_registration_hook"),
        *("register_module_module_registration_hook", "register_module_parameter_registration_hook"),
        *("register_optimizer_step_pre_hook", "register_optimizer_step_post_hook"),
        *(
            "__globals__",
            "__code__",
            "__closure__",
            "__defaults__",
            "__kwdefaults__",
            "__bases__",
            "__base__",
        ),
        *("__mro__", "__subclasses__", "__builtins__", "__wrapped__", "__getattribute__", "__self__"),
    }
)
"""Ways into what a test consists of."""

MODULES = frozenset(
    {
        *(
            "ctypes",
            "_ctypes",
            "cffi",
            "bdb",
            "pdb",
            "signal",
            "_signal",
            "marshal",
            "runpy",
            "codeop",
            "code",
        ),
        *("unittest.mock", "mock", "ipykernel", "traitlets", "zmq", "__main__", "imp"),
        *("pytorch_learning.guard", "pytorch_learning.grading", "pytorch_learning.warm"),
    }
)
NAMES_OF_MODULES = frozenset(
    {"unittest.mock.Mock", "unittest.mock.ANY", "torch.library.Library", "torch.library.impl"}
)
"""Words too common to look for by themselves."""

COMPARISONS = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})
METHODS = frozenset(
    {
        *("__eq__", "__ne__", "__torch_function__", "__torch_dispatch__", "__instancecheck__"),
        *("__subclasscheck__", "__class__", "__float__", "__array__", "__bool__", "__array_ufunc__"),
        *("__array_function__", "__array_interface__", "__array_wrap__"),
    }
)
"""Those with which a value can be equal to any other."""
VALUES = frozenset({"int", "float", "str", "complex", "bytes", "Tensor", "Parameter", "ndarray"})
OF_VALUES = COMPARISONS | {"__len__", "__iter__", "__hash__", "__sub__", "__rsub__", "__abs__", "__del__"}
OF_TENSORS = frozenset(
    {
        *("shape", "dtype", "device", "detach", "clone", "numel", "size", "tolist", "numpy", "all", "any"),
        *("eq", "equal", "isclose", "allclose", "item", "cpu", "to", "data", "grad", "requires_grad", "sum"),
        *("float", "double", "bool", "reshape", "flatten", "view", "data_ptr", "untyped_storage"),
    }
)

MUTATING = frozenset(
    {
        *("append", "extend", "insert", "update", "clear", "pop", "popitem", "setdefault", "remove", "add"),
        *("discard", "appendleft", "__setitem__", "__delitem__", "__setattr__", "__delattr__", "__ior__"),
        *("impl", "define"),
    }
)
SETTING = frozenset({"setattr", "delattr", "setitem", "delitem"}) | MUTATING

MAY_CHANGE = (
    *("matplotlib.pyplot.rcParams", "matplotlib.rcParams", "os.environ", "torch.backends", "pandas.options"),
    *("IPython.core.interactiveshell.InteractiveShell.ast_node_interactivity", "torch._dynamo.config"),
    *(
        "PIL.Image.MAX_IMAGE_PIXELS",
        "PIL.ImageFile.LOAD_TRUNCATED_IMAGES",
        "logging.root",
        "numpy.random.seed",
    ),
    *("ssl._create_default_https_context", "torch.Tensor.add", "sys.argv", "sys.stdout", "sys.stderr"),
)
MAY_CALL = (*MAY_CHANGE, "sys.path.append", "sys.path.insert", "sys.path.extend", "sys.path.remove")
MAY_USE = (
    *("torch._dynamo", "torch.utils._pytree", "torch._assert", "torch._foreach_", "torch._C._get_privateuse"),
    *("ssl._create_", "collections.namedtuple", "os._exit", "numpy.r_", "numpy.c_", "torch.utils.data._"),
)
"""Private, and in honest use."""
MAY_IMPORT = ("pytorch_learning.checks.files.save_as_on",)
"""As a section's first cell does."""
MAY_ASK = ("run_line_magic", "run_cell_magic", "system", "getoutput")
"""What a cell's own magics ask IPython for."""

OF_STREAMS = (
    "write",
    "flush",
    "isatty",
    "encoding",
    "writelines",
    "buffer",
    "fileno",
    "close",
    "reconfigure",
)
"""What `sys.stdout` is asked for; the notebook's own can do more."""
SWITCH = "PYTORCH_LEARNING"
"""What the names of this package's environment variables begin with."""

_COMMON = frozenset(
    {
        *(
            "call",
            "check",
            "device",
            "dtype",
            "error",
            "folder",
            "network",
            "output",
            "shape",
            "train",
            "value",
        ),
        *("forward", "step", "gradient", "accuracy", "argument", "true"),
    }
)


@cache
def names_of_checks() -> frozenset[str]:
    """What the modules of `pytorch_learning.checks` define, and what answers have no own use for."""
    folder = Path(__file__).resolve().parent.parent / "checks"
    found: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
    return frozenset(found - _COMMON)


@cache
def modules_of_checks() -> frozenset[str]:
    """The names of its modules."""
    folder = Path(__file__).resolve().parent.parent / "checks"
    return frozenset(f"pytorch_learning.checks.{path.stem}" for path in folder.glob("[!_]*.py"))


def within(path: str, names: tuple[str, ...] | frozenset[str]) -> bool:
    """Whether a dotted path is one of these or leads on from it."""
    return any(path == name or path.startswith((f"{name}.", f"{name}[")) for name in names)
