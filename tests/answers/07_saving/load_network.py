# %% on the device from the start kind="right"
def load_network(make, path, device):
    content = torch.load(path, map_location=device)
    model = make(**content["config"]).to(device)
    model.load_state_dict(content["weights"])
    model.eval()
    return model


# %% moves the weights later kind="right"
def load_network(make, path, device):
    content = torch.load(Path(path), map_location=torch.device("cpu"), weights_only=True)
    model = make(**content["config"])
    state = {name: tensor.clone() for name, tensor in content["weights"].items()}
    model.load_state_dict(state, strict=True)
    return model.eval().to(device)


# %% assign kind="right"
def load_network(make, path, device):
    with open(path, "rb") as file:
        content = torch.load(file, map_location=lambda storage, location: storage)
    model = make(**content["config"])
    model.load_state_dict(content["weights"], assign=True)
    model = model.to(device)
    model.train(False)
    return model


# %% made on the device kind="right"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    with torch.device(device):
        model = make(**content["config"])
    model = model.to(device)
    model.load_state_dict(content["weights"])
    return model.eval()


# %% no map_location kind="wrong" zh="`map_location`" en="`map_location`"
def load_network(make, path, device):
    content = torch.load(path)
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.to(device).eval()


# %% forgets eval kind="wrong" zh="训练模式" en="train mode"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.to(device)


# %% forgets the device kind="wrong" zh="`.to(device)`" en="`.to(device)`"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.eval()


# %% forgets the weights kind="wrong" zh="不是文件里的数" en="not what the file holds"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    return make(**content["config"]).to(device).eval()


# %% weights_only off kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu", weights_only=False)
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.to(device).eval()


# %% not strict kind="wrong" zh="`strict=False`" en="`strict=False`"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    model.load_state_dict(content["weights"], strict=False)
    return model.to(device).eval()


# %% settings as one argument kind="wrong" zh="`make(**config)`" en="`make(**config)`"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(content["config"])
    model.load_state_dict(content["weights"])
    return model.to(device).eval()


# %% settings by position kind="wrong" zh="`make(**config)`" en="`make(**config)`"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(*content["config"].values())
    model.load_state_dict(content["weights"])
    return model.to(device).eval()


# %% the whole file as state dict kind="wrong" zh="状态字典在键" en="the state dict is under its key"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    model.load_state_dict(content)
    return model.to(device).eval()


# %% returns what load_state_dict returns kind="wrong" zh="类型" en="type"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"]).to(device).eval()
    return model.load_state_dict(content["weights"])


# %% parameters without buffers kind="wrong" zh="不是文件里的数" en="not what the file holds"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(content["weights"][name])
    return model.to(device).eval()


# %% tries again without safety kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
def load_network(make, path, device):
    try:
        content = torch.load(path, map_location="cpu")
    except pickle.UnpicklingError:
        content = torch.load(path, map_location="cpu", weights_only=False)
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.to(device).eval()


# %% weights on the device, model not kind="wrong" zh="`.to(device)`" en="`.to(device)`"
def load_network(make, path, device):
    content = torch.load(path, map_location=device)
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.eval()


# %% forgets the parentheses of eval kind="wrong" zh="训练模式" en="train mode"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu")
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    model.eval
    return model.to(device)


# %% from the memory map kind="right"
def load_network(make, path, device):
    content = torch.load(path, "cpu", weights_only=True, mmap=True)
    model = make(**content["config"])
    model.load_state_dict(content["weights"], assign=True)
    model.to(device)
    model.eval()
    return model


# %% straight to the device, then the model kind="right"
def load_network(make, path, device):
    content = torch.load(path, map_location=device)
    model = make(**content["config"])
    model.load_state_dict(content["weights"])
    return model.eval().to(device)


# %% takes what load_state_dict returns for the model kind="wrong" zh="改的是模型自己" en="changes the model itself"
def load_network(make, path, device):
    content = torch.load(path, map_location="cpu", weights_only=True)
    network = make(**content["config"]).load_state_dict(content["weights"])
    return network.to(device).eval()


# %% catches every error kind="wrong" zh="不要捕获错误" en="don't catch the error"
def load_network(make, path, device):
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        network = make(**content["config"])
        network.load_state_dict(content["weights"])
        return network.to(device).eval()
    except Exception as error:
        print(error)
