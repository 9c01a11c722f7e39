# %% list of parameters kind="right"
def move_like(x, model):
    parameters = list(model.parameters())
    if not parameters:
        return x
    return x.to(device=parameters[0].device)


# %% next with a default kind="right"
def move_like(x, model):
    return x.to(next((p.device for p in model.parameters()), x.device))


# %% state_dict kind="right"
def move_like(x, model):
    for value in model.state_dict().values():
        x = x.to(value.device)
    return x


# %% catches StopIteration kind="right"
def move_like(x, model):
    try:
        device = next(model.parameters()).device
    except StopIteration:
        device = x.device
    return x.to(device)


# %% set of devices kind="right"
def move_like(x, model):
    devices = {p.device for p in model.parameters()}
    return x.to(devices.pop()) if devices else x


# %% device and dtype together kind="right"
def move_like(x, model):
    for p in model.parameters():
        return x.to(p.device, x.dtype)
    return x.clone()


# %% no thought of models without parameters kind="wrong" zh="没有参数的模型" en="a model without parameters"
def move_like(x, model):
    return x.to(next(model.parameters()).device)


# %% first of an empty list kind="wrong" zh="没有参数的模型" en="a model without parameters"
def move_like(x, model):
    return x.to(list(model.parameters())[0].device)


# %% asks the model itself kind="wrong" zh="模块没有 `device` 属性" en="a module has no attribute `device`"
def move_like(x, model):
    return x.to(model.device)


# %% moves the model kind="wrong" zh="模型要留在原处" en="leave the model where it is"
def move_like(x, model):
    model.to(x.device)
    return x


# %% forgets that to makes a new tensor kind="wrong" zh="返回新张量" en="makes a new tensor"
def move_like(x, model):
    for p in model.parameters():
        x.to(p.device)
    return x


# %% the fastest device there is kind="wrong" zh="不是看机器上有什么设备" en="not by what the machine has"
def move_like(x, model):
    if torch.accelerator.is_available():
        return x.to(torch.accelerator.current_accelerator())
    return x.to("cpu")


# %% takes over the dtype kind="wrong" zh="只换设备" en="the device alone"
def move_like(x, model):
    for p in model.parameters():
        return x.to(p)
    return x


# %% forgets the rest kind="wrong" zh="忘了 `return`" en="forget `return`"
def move_like(x, model):
    for p in model.parameters():
        return x.to(p.device)


# %% returns the device kind="wrong" zh="torch.Tensor" en="torch.Tensor"
def move_like(x, model):
    for p in model.parameters():
        return p.device
    return x.device


# %% an empty tensor there kind="wrong" zh="搬的是 `x` 本身" en="move `x` itself"
def move_like(x, model):
    for p in model.parameters():
        return torch.zeros_like(x, device=p.device)
    return x


# %% CPU if there are none kind="wrong" zh="没有参数的模型" en="a model without parameters"
def move_like(x, model):
    device = "cpu"
    for p in model.parameters():
        device = p.device
    return x.to(device)


# %% variable of a loop that never ran kind="wrong" zh="没有参数的模型" en="a model without parameters"
def move_like(x, model):
    for p in model.parameters():
        device = p.device
    return x.to(device)


# %% looks at the weight kind="wrong" zh="不是每个模块都有 `weight`" en="not every module has a `weight`"
def move_like(x, model):
    return x.to(model.weight.device)


# %% indexes the parameters kind="wrong" zh="先 `list(…)`" en="make a `list(…)` of it"
def move_like(x, model):
    return x.to(model.parameters()[0].device)
