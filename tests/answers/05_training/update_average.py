# %% lerp kind="right"
@torch.no_grad()
def update_average(average, model, decay):
    for a, p in zip(average.parameters(), model.parameters()):
        a.lerp_(p, 1 - decay)


# %% copy kind="right"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.copy_(decay * a + (1 - decay) * p)


# %% data kind="right"
def update_average(average, model, decay):
    for a, p in zip(average.parameters(), model.parameters()):
        a.data = decay * a.data + (1 - decay) * p.data


# %% by name kind="right"
def update_average(average, model, decay):
    new = dict(model.named_parameters())
    with torch.no_grad():
        for name, a in average.named_parameters():
            a *= decay
            a += (1 - decay) * new[name]


# %% state dict kind="right"
def update_average(average, model, decay):
    own = average.state_dict()
    other = model.state_dict()
    for name, _ in model.named_parameters():
        own[name] = decay * own[name] + (1 - decay) * other[name]
    average.load_state_dict(own)


# %% rebinds the name kind="wrong" zh="只造出新张量" en="only make new tensors"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a = decay * a + (1 - decay) * p


# %% records kind="wrong" zh="就地" en="in place"
def update_average(average, model, decay):
    for a, p in zip(average.parameters(), model.parameters()):
        a.mul_(decay).add_((1 - decay) * p)


# %% swapped kind="wrong" zh="对调" en="swapped"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.mul_(1 - decay).add_(p, alpha=decay)


# %% no factor kind="wrong" zh="忘了乘 1 − decay" en="lacks its factor"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.mul_(decay).add_(p)


# %% new parameters kind="wrong" zh="另一个张量" en="another tensor"
def update_average(average, model, decay):
    for name, p in model.named_parameters():
        place, _, last = name.rpartition(".")
        module = average.get_submodule(place)
        a = getattr(module, last)
        setattr(module, last, nn.Parameter((decay * a + (1 - decay) * p).detach()))


# %% changes the model kind="wrong" zh="`model` 变了" en="`model` has changed"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.copy_(decay * a + (1 - decay) * p)
            p.copy_(a)


# %% copies kind="wrong" zh="照搬" en="copied"
def update_average(average, model, decay):
    average.load_state_dict(model.state_dict())


# %% averages buffers kind="wrong" zh="缓冲区" en="buffer"
def update_average(average, model, decay):
    with torch.no_grad():
        for a, p in zip(average.state_dict().values(), model.state_dict().values()):
            if a.is_floating_point():
                a.mul_(decay).add_(p, alpha=1 - decay)


# %% switches gradients off kind="wrong" zh="requires_grad" en="requires_grad"
def update_average(average, model, decay):
    average.requires_grad_(False)
    for a, p in zip(average.parameters(), model.parameters()):
        a.mul_(decay).add_(p.detach(), alpha=1 - decay)
