# %% generator with type kind="right"
def to_device(batch, device):
    if isinstance(batch, (list, tuple)):
        return type(batch)([to_device(item, device) for item in batch])
    if isinstance(batch, dict):
        result = {}
        for key in batch:
            result[key] = to_device(batch[key], device)
        return result
    if torch.is_tensor(batch):
        return batch.to(device, copy=True)
    return batch


# %% match kind="right"
def to_device(batch, device):
    match batch:
        case torch.Tensor():
            return batch.to(device=device, non_blocking=False)
        case dict():
            return dict(zip(batch.keys(), to_device(list(batch.values()), device)))
        case list():
            return [to_device(x, device) for x in batch]
        case tuple():
            return tuple(to_device(x, device) for x in batch)
        case _:
            return batch


# %% hasattr to kind="right"
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if hasattr(batch, "items"):
        return {k: to_device(v, device) for k, v in batch.items()}
    if type(batch) in (list, tuple):
        return type(batch)(map(lambda x: to_device(x, device), batch))
    return batch


# %% tree_map kind="right"
from torch.utils._pytree import tree_map_only


def to_device(batch, device):
    return tree_map_only(torch.Tensor, lambda x: x.to(device), batch)


# %% forgets what to returns kind="wrong" zh="要接住" en="catch"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
        return batch
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% one level only kind="wrong" zh="没有搬过去" en="did not move"
def to_device(batch, device):
    def move(x):
        return x.to(device) if isinstance(x, torch.Tensor) else x

    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: move(value) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(move(item) for item in batch)
    return batch


# %% tuples become lists kind="wrong" zh="列表还是列表" en="lists stay lists"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return [to_device(item, device) for item in batch]
    return batch


# %% changes the list that was given kind="wrong" zh="被改动了" en="has changed"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        for key in batch:
            batch[key] = to_device(batch[key], device)
        return batch
    if isinstance(batch, list):
        for i in range(len(batch)):
            batch[i] = to_device(batch[i], device)
        return batch
    if isinstance(batch, tuple):
        return tuple(to_device(item, device) for item in batch)
    return batch


# %% no dictionaries kind="wrong" zh="没有搬过去" en="did not move"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% nothing else may be there kind="wrong" zh="'str' object has no attribute 'to'" en="'str' object has no attribute 'to'"
def to_device(batch, device):
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch.to(device)


# %% forgets the rest kind="wrong" zh="原样留下" en="stays as it is"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)


# %% tensors only kind="wrong" zh="原样留下" en="stays as it is"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(x, device) for x in batch)
    return str(batch)


# %% drops what is no tensor kind="wrong" zh="多了、少了" en="items are missing"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    wanted = (torch.Tensor, dict, list, tuple)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items() if isinstance(v, wanted)}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(x, device) for x in batch if isinstance(x, wanted))
    return batch


# %% a GPU written into the code kind="wrong" zh="没有搬过去" en="did not move"
def to_device(batch, device):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% new tensors without the values kind="wrong" zh="数值" en="values"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return torch.empty_like(batch, device=device).zero_()
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% stacks a list kind="wrong" zh="列表还是列表" en="lists stay lists"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, list) and batch and isinstance(batch[0], torch.Tensor):
        return batch[0].to(device)
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% singledispatch kind="right"
from functools import singledispatch


@singledispatch
def to_device(batch, device):
    return batch


@to_device.register
def _(batch: torch.Tensor, device):
    return batch.to(device)


@to_device.register
def _(batch: dict, device):
    return {key: to_device(value, device) for key, value in batch.items()}


@to_device.register(list)
@to_device.register(tuple)
def _(batch, device):
    return type(batch)(to_device(item, device) for item in batch)


# %% a generator for a tuple kind="wrong" zh="得到的是 generator" en="got generator"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, list):
        return [to_device(item, device) for item in batch]
    if isinstance(batch, tuple):
        return (to_device(item, device) for item in batch)
    return batch


# %% pairs without items kind="wrong" zh="`.items()`" en="`.items()`"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# %% a dictionary as a list kind="wrong" zh="成对的键和值" en="keys with values"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, (list, tuple, dict)):
        return type(batch)([to_device(item, device) for item in batch])
    return batch


# %% moves everything at once kind="wrong" zh="只有张量和模块有 `.to`" en="only tensors and modules have `.to`"
def to_device(batch, device):
    return batch.to(device)


# %% takes strings apart kind="wrong" zh="把字符串拆开" en="what is in a string"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if hasattr(batch, "__iter__"):
        return type(batch)([to_device(item, device) for item in batch])
    return batch


# %% containers are not returned kind="wrong" zh="都要 `return`" en="needs its `return`"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    elif isinstance(batch, dict):
        batch = {key: to_device(value, device) for key, value in batch.items()}
    elif isinstance(batch, (list, tuple)):
        batch = type(batch)(to_device(item, device) for item in batch)
    else:
        return batch


# %% one level without asking kind="wrong" zh="只有张量和模块有 `.to`" en="only tensors and modules have `.to`"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: value.to(device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(value.to(device) for value in batch)
    return batch
