# %% assigns to everything kind="right"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    t[...] = value
    return t


# %% as_tensor and a slice kind="right"
def fill_through_tensor(array, value):
    t = torch.as_tensor(array)
    t[:] = value
    return t


# %% copies a full tensor kind="right"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    t.copy_(torch.full(t.shape, value))
    return t


# %% zero and add kind="right"
def fill_through_tensor(array, value):
    tensor = torch.from_numpy(array)
    tensor.zero_()
    tensor += value
    return tensor


# %% loop over positions kind="right"
def fill_through_tensor(array, value):
    t = torch.asarray(array)
    for position in np.ndindex(array.shape):
        t[position] = value
    return t


# %% mask and dlpack kind="right"
def fill_through_tensor(array, value):
    t = torch.from_dlpack(array)
    return t.masked_fill_(torch.ones_like(t, dtype=torch.bool), value)


# %% torch.full with out kind="right"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    torch.add(torch.zeros_like(t), value, out=t)
    return t


# %% copies the array kind="wrong" zh="数组没有变" en="the array has not changed"
def fill_through_tensor(array, value):
    return torch.tensor(array).fill_(value)


# %% clones kind="wrong" zh="数组没有变" en="the array has not changed"
def fill_through_tensor(array, value):
    return torch.from_numpy(array).clone().fill_(value)


# %% full_like kind="wrong" zh="就地修改" en="change it in place"
def fill_through_tensor(array, value):
    return torch.full_like(torch.from_numpy(array), value)


# %% new tensor kind="wrong" zh="和数组没有关系" en="nothing to do with the array"
def fill_through_tensor(array, value):
    return torch.full(array.shape, value)


# %% changes the dtype kind="wrong" zh="不要换 dtype" en="keep its dtype"
def fill_through_tensor(array, value):
    return torch.from_numpy(array).float().fill_(value)


# %% assigns to the name kind="wrong" zh="只让名字指向" en="only makes the name point"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    t = value
    return t


# %% adds kind="wrong" zh="应当换成 `value`" en="should replace"
def fill_through_tensor(array, value):
    return torch.from_numpy(array).add_(value)


# %% no underscore kind="wrong" zh="`fill_`" en="`fill_`"
def fill_through_tensor(array, value):
    return torch.from_numpy(array).fill(value)


# %% throws a new tensor away kind="wrong" zh="还是原来的数" en="its old values"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    torch.full_like(t, value)
    return t


# %% first element only kind="wrong" zh="每个元素" en="every element"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    t[0] = value
    return t


# %% flattens a window kind="wrong" zh="拷贝" en="copy"
def fill_through_tensor(array, value):
    t = torch.from_numpy(array)
    t.reshape(-1)[:] = value
    return t


# %% no return kind="wrong" zh="忘了 `return`" en="forget `return`"
def fill_through_tensor(array, value):
    torch.from_numpy(array).fill_(value)


# %% returns the array kind="wrong" zh="torch.from_numpy" en="torch.from_numpy"
def fill_through_tensor(array, value):
    torch.from_numpy(array).fill_(value)
    return array


# %% returns a copy kind="wrong" zh="是一份拷贝" en="is a copy"
def fill_through_tensor(array, value):
    array[...] = value
    return torch.tensor(array)


# %% method of a tensor on the array kind="wrong" zh="这是 NumPy 数组" en="this is a NumPy array"
def fill_through_tensor(array, value):
    array.fill_(value)
    return torch.from_numpy(array)
