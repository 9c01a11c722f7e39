# %% clone each tensor kind="right"
def snapshot(model):
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


# %% state of a copy kind="right"
def snapshot(model):
    return copy.deepcopy(model).state_dict()


# %% loop over parameters and persistent buffers kind="right"
def snapshot(model):
    taken = {}
    for name, tensor in model.state_dict(keep_vars=True).items():
        taken[name] = tensor.detach().clone()
    return taken


# %% through a file in memory kind="right"
import io


def snapshot(model):
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    return torch.load(file)


# %% ordered dict kind="right"
from collections import OrderedDict


def snapshot(model):
    with torch.no_grad():
        return OrderedDict((k, torch.empty_like(v).copy_(v)) for k, v in model.state_dict().items())


# %% no copy kind="wrong" zh="共用内存" en="share memory"
def snapshot(model):
    return model.state_dict()


# %% copies the dict only kind="wrong" zh="张量也要复制" en="copy the tensors as well"
def snapshot(model):
    return dict(model.state_dict())


# %% copy.copy kind="wrong" zh="张量也要复制" en="copy the tensors as well"
def snapshot(model):
    return copy.copy(model.state_dict())


# %% detach is no copy kind="wrong" zh="共用内存" en="share memory"
def snapshot(model):
    return {name: tensor.detach() for name, tensor in model.state_dict().items()}


# %% parameters without buffers kind="wrong" zh="缓冲区也是状态" en="buffers are state too"
def snapshot(model):
    return {name: parameter.detach().clone() for name, parameter in model.named_parameters()}


# %% with gradients kind="wrong" zh="需要梯度" en="requires a gradient"
def snapshot(model):
    return {name: tensor.clone() for name, tensor in model.state_dict(keep_vars=True).items()}


# %% temporary buffers too kind="wrong" zh="键要和" en="the keys are those of"
def snapshot(model):
    state = {name: p.detach().clone() for name, p in model.named_parameters()}
    state.update({name: b.clone() for name, b in model.named_buffers()})
    return state


# %% a copy of the model kind="wrong" zh="要一个字典" en="a dict is wanted"
def snapshot(model):
    return copy.deepcopy(model)


# %% forgets return kind="wrong" zh="忘了 `return`" en="forget `return`"
def snapshot(model):
    copy.deepcopy(model.state_dict())


# %% always float32 kind="wrong" zh="dtype" en="dtype"
def snapshot(model):
    return {name: tensor.clone().float() for name, tensor in model.state_dict().items()}


# %% NumPy arrays kind="wrong" zh="torch.Tensor" en="torch.Tensor"
def snapshot(model):
    return {name: tensor.numpy().copy() for name, tensor in model.state_dict().items()}


# %% the method itself kind="wrong" zh="漏了括号" en="parentheses"
def snapshot(model):
    return copy.deepcopy(model.state_dict)


# %% loops over names as if tensors kind="wrong" zh="得到的是键" en="gives its keys"
def snapshot(model):
    return {tensor: tensor.clone() for tensor in model.state_dict()}


# %% forgets items kind="wrong" zh="`.items()`" en="`.items()`"
def snapshot(model):
    return {name: tensor.clone() for name, tensor in model.state_dict()}
