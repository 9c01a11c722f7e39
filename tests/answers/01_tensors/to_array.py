# %% clone first kind="right"
def to_array(x):
    return x.detach().clone().numpy()


# %% clone in the graph kind="right"
def to_array(x):
    return x.clone().detach().cpu().numpy()


# %% np.array copies kind="right"
def to_array(x):
    return np.array(x.detach())


# %% np.copy without gradients kind="right"
def to_array(x):
    with torch.no_grad():
        return np.copy(x.numpy())


# %% forced kind="right"
def to_array(x):
    return x.numpy(force=True).copy()


# %% data kind="right"
def to_array(x):
    return x.data.numpy().copy()


# %% fills an empty array kind="right"
def to_array(x):
    source = x.detach().numpy()
    array = np.empty_like(source)
    array[...] = source
    return array


# %% astype copies kind="right"
def to_array(x):
    array = x.detach().numpy()
    return array.astype(array.dtype)


# %% deepcopy kind="right"
from copy import deepcopy


def to_array(x):
    return deepcopy(x.detach()).numpy()


# %% no copy kind="wrong" zh="共用内存" en="shares memory"
def to_array(x):
    return x.detach().numpy()


# %% asarray kind="wrong" zh="共用内存" en="shares memory"
def to_array(x):
    return np.asarray(x.detach())


# %% no detach kind="wrong" zh="先 `.detach()`" en="call `.detach()` before"
def to_array(x):
    return x.numpy().copy()


# %% switches the gradient off kind="wrong" zh="`requires_grad` 变了" en="its `requires_grad`"
def to_array(x):
    return x.requires_grad_(False).numpy().copy()


# %% detaches in place kind="wrong" zh="原来的不变" en="leaves the original alone"
def to_array(x):
    return x.detach_().numpy().copy()


# %% copy of a tensor kind="wrong" zh="张量的拷贝叫 `clone()`" en="a tensor is copied with `clone()`"
def to_array(x):
    return x.detach().copy().numpy()


# %% detach after numpy kind="wrong" zh="没有张量的方法" en="without a tensor's methods"
def to_array(x):
    return x.numpy().detach().copy()


# %% stays a tensor kind="wrong" zh="`.numpy()`" en="`.numpy()`"
def to_array(x):
    return x.detach().clone()


# %% list kind="wrong" zh="列表不是数组" en="a list is not an array"
def to_array(x):
    return x.tolist()


# %% float64 from a list kind="wrong" zh="NumPy 的默认浮点数是 float64" en="NumPy's default is float64"
def to_array(x):
    return np.array(x.tolist())


# %% always float32 kind="wrong" zh="dtype 要和 `x` 一样" en="the dtype of `x`"
def to_array(x):
    return np.array(x.detach(), dtype=np.float32)


# %% one axis kind="wrong" zh="形状要和 `x` 一样" en="the shape of `x`"
def to_array(x):
    return np.array([number.item() for number in x.flatten()], dtype=x.detach().numpy().dtype)


# %% no parentheses kind="wrong" zh="括号" en="parentheses"
def to_array(x):
    return x.detach().numpy().copy
