# %% torch.tensor kind="right"
def independent_tensor(array):
    return torch.tensor(array)


# %% copies the array first kind="right"
def independent_tensor(array):
    return torch.from_numpy(array.copy())


# %% np.array copies kind="right"
def independent_tensor(array):
    return torch.as_tensor(np.array(array))


# %% asarray with copy kind="right"
def independent_tensor(array):
    return torch.asarray(array, copy=True)


# %% empty and copy_ kind="right"
def independent_tensor(array):
    shared = torch.from_numpy(array)
    tensor = torch.empty_like(shared)
    tensor.copy_(shared)
    return tensor


# %% deepcopy kind="right"
import copy


def independent_tensor(array):
    return copy.deepcopy(torch.from_numpy(array))


# %% detach and clone kind="right"
def independent_tensor(array):
    return torch.as_tensor(array).detach().clone()


# %% tensor of the tensor's values kind="right"
def independent_tensor(array):
    shared = torch.from_numpy(array)
    return shared.new_tensor(array)


# %% from_numpy alone kind="wrong" zh="共用内存" en="shares memory"
def independent_tensor(array):
    return torch.from_numpy(array)


# %% as_tensor kind="wrong" zh="共用内存" en="shares memory"
def independent_tensor(array):
    return torch.as_tensor(array)


# %% detach is not a copy kind="wrong" zh="`detach()`" en="`detach()`"
def independent_tensor(array):
    return torch.from_numpy(array).detach()


# %% a slice is not a copy kind="wrong" zh="切片" en="slice"
def independent_tensor(array):
    return torch.from_numpy(array[:])


# %% throws the copy away kind="wrong" zh="共用内存" en="shares memory"
def independent_tensor(array):
    array.copy()
    return torch.from_numpy(array)


# %% another name is not a copy kind="wrong" zh="另一个名字" en="another name"
def independent_tensor(array):
    copied = array
    return torch.from_numpy(copied)


# %% float32 for all kind="wrong" zh="数组的一样" en="the array's"
def independent_tensor(array):
    return torch.Tensor(array)


# %% names float32 kind="wrong" zh="不要写死" en="don't fix one"
def independent_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


# %% through a list kind="wrong" zh="tolist()" en="tolist()"
def independent_tensor(array):
    return torch.tensor(array.tolist())


# %% adds zero kind="wrong" zh="布尔" en="boolean"
def independent_tensor(array):
    return torch.from_numpy(array) + 0


# %% always float64 kind="wrong" zh="不要写死" en="don't fix one"
def independent_tensor(array):
    return torch.tensor(array, dtype=torch.float64)


# %% returns an array kind="wrong" zh="from_numpy" en="from_numpy"
def independent_tensor(array):
    return array.copy()


# %% empties the array kind="wrong" zh="改动了" en="changed its argument"
def independent_tensor(array):
    tensor = torch.tensor(array)
    array[...] = 0
    return tensor


# %% prints kind="wrong" zh="return" en="return"
def independent_tensor(array):
    tensor = torch.tensor(array)
    print(tensor)


# %% flattens kind="wrong" zh="轴" en="axes"
def independent_tensor(array):
    return torch.from_numpy(array.flatten())
