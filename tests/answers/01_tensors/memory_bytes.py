# %% nbytes kind="right"
def memory_bytes(x):
    return x.nbytes


# %% NumPy knows kind="right"
def memory_bytes(x):
    return x.numpy().nbytes


# %% itemsize of the dtype kind="right"
import math


def memory_bytes(x):
    return math.prod(x.shape) * x.dtype.itemsize


# %% shape product by loop kind="right"
def memory_bytes(x):
    total = x.element_size()
    for size in x.shape:
        total *= size
    return total


# %% size and numel kind="right"
def memory_bytes(x):
    return x.size().numel() * x.itemsize


# %% storage of a copy kind="right"
def memory_bytes(x):
    return x.clone(memory_format=torch.contiguous_format).untyped_storage().nbytes()


# %% sums up elements kind="right"
def memory_bytes(x):
    total = 0
    for _ in x.flatten():
        total += x.element_size()
    return total


# %% counts elements kind="wrong" zh="元素个数" en="number of elements"
def memory_bytes(x):
    return x.numel()


# %% one element's size kind="wrong" zh="一个元素的字节数" en="one element's bytes"
def memory_bytes(x):
    return x.element_size()


# %% always four bytes kind="wrong" zh="不是每种 dtype" en="not every dtype"
def memory_bytes(x):
    return 4 * x.numel()


# %% bits kind="wrong" zh="位数" en="bits"
def memory_bytes(x):
    return x.numel() * x.element_size() * 8


# %% first axis only kind="wrong" zh="`len(x)`" en="`len(x)`"
def memory_bytes(x):
    return len(x) * x.element_size()


# %% adds the sizes kind="wrong" zh="相乘" en="multiply"
def memory_bytes(x):
    return sum(x.shape) * x.element_size()


# %% adds instead of multiplying kind="wrong" zh="相乘" en="multiply"
def memory_bytes(x):
    return x.numel() + x.element_size()


# %% the whole storage kind="wrong" zh="切片" en="slice"
def memory_bytes(x):
    return x.untyped_storage().nbytes()


# %% sys.getsizeof kind="wrong" zh="getsizeof" en="getsizeof"
import sys


def memory_bytes(x):
    return sys.getsizeof(x)


# %% floating point only kind="wrong" zh="`finfo` 只认浮点数" en="`finfo` knows floats only"
def memory_bytes(x):
    return x.numel() * torch.finfo(x.dtype).bits // 8


# %% reads the dtype's name kind="wrong" zh="bool)`：代码出错了：AttributeError" en="bool)`: your code stopped with AttributeError"
import re


def memory_bytes(x):
    return x.numel() * int(re.search(r"\d+", str(x.dtype)).group()) // 8


# %% true division kind="wrong" zh="//" en="//"
def memory_bytes(x):
    return x.numel() * x.element_size() * 8 / 8


# %% a tensor kind="wrong" zh="item()" en="item()"
def memory_bytes(x):
    return torch.tensor(x.shape).prod() * x.element_size()


# %% two axes only kind="wrong" zh="轴的个数不一定" en="more or fewer than two axes"
def memory_bytes(x):
    if x.ndim == 1:
        return x.shape[0] * x.element_size()
    return x.shape[0] * x.shape[1] * x.element_size()


# %% forgot the parentheses kind="wrong" zh="括号" en="parentheses"
def memory_bytes(x):
    return x.nelement


# %% multiplies a method kind="wrong" zh="括号" en="parentheses"
def memory_bytes(x):
    return x.numel * x.element_size


# %% a text with the unit kind="wrong" zh="单位" en="units"
def memory_bytes(x):
    return f"{x.numel() * x.element_size()} bytes"


# %% prints kind="wrong" zh="return" en="return"
def memory_bytes(x):
    print(x.numel() * x.element_size())
