# %% max with indices kind="right"
def predict(model, images):
    with torch.no_grad():
        return model(images).max(dim=1).indices


# %% softmax first kind="right"
@torch.no_grad()
def predict(model, images):
    return nn.Softmax(dim=-1)(model(images)).argmax(-1)


# %% inference mode kind="right"
def predict(model, images):
    with torch.inference_mode():
        scores = model(images)
    return torch.argmax(scores, 1)


# %% picture by picture kind="right"
def predict(model, images):
    found = []
    with torch.no_grad():
        for image in images:
            found.append(model(image.unsqueeze(0)).argmax().item())
    return torch.tensor(found)


# %% sort kind="right"
def predict(model, images):
    with torch.no_grad():
        order = torch.sort(model(images), dim=1, descending=True)[1]
    return order[:, 0]


# %% topk kind="right"
def predict(model, images):
    with torch.autograd.grad_mode.set_grad_enabled(False):
        return model(images).topk(1).indices.squeeze(1)


# %% through NumPy kind="right"
def predict(model, images):
    with torch.no_grad():
        return torch.from_numpy(model(images).numpy().argmax(axis=1))


# %% calls forward kind="wrong" zh="钩子没有运行" en="hook did not run"
def predict(model, images):
    with torch.no_grad():
        return model.forward(images).argmax(1)


# %% records the graph kind="wrong" zh="no_grad" en="no_grad"
def predict(model, images):
    return model(images).argmax(1)


# %% detaches afterwards kind="wrong" zh="还在记录计算图" en="the graph was recorded"
def predict(model, images):
    return model(images).detach().argmax(1)


# %% argmax over all kind="wrong" zh="整批里的一个位置" en="one position in the whole batch"
def predict(model, images):
    with torch.no_grad():
        return model(images).argmax()


# %% over the samples kind="wrong" zh="`dim=0` 是样本" en="`dim=0` holds the samples"
def predict(model, images):
    with torch.no_grad():
        return model(images).argmax(0)


# %% the greatest scores kind="wrong" zh="要的是它的位置" en="their positions are wanted"
def predict(model, images):
    with torch.no_grad():
        return model(images).max(1).values


# %% both results of max kind="wrong" zh="`.indices`" en="`.indices`"
def predict(model, images):
    with torch.no_grad():
        return model(images).max(1)


# %% keeps the dimension kind="wrong" zh="keepdim" en="keepdim"
def predict(model, images):
    with torch.no_grad():
        return model(images).argmax(1, keepdim=True)


# %% returns probabilities kind="wrong" zh="选出一个类别" en="choose one class"
def predict(model, images):
    with torch.no_grad():
        return model(images).softmax(1)


# %% softmax over the samples kind="wrong" zh="`dim=0` 是样本" en="`dim=0` holds the samples"
def predict(model, images):
    with torch.no_grad():
        return model(images).softmax(0).argmax(1)


# %% a list kind="wrong" zh="torch.Tensor" en="torch.Tensor"
def predict(model, images):
    with torch.no_grad():
        return model(images).argmax(1).tolist()


# %% switches autograd off for good kind="wrong" zh="永久关掉" en="switched off for good"
def predict(model, images):
    torch.set_grad_enabled(False)
    return model(images).argmax(1)


# %% freezes the model kind="wrong" zh="参数" en="argument"
def predict(model, images):
    model.requires_grad_(False)
    with torch.no_grad():
        return model(images).argmax(1)


# %% leaves the model in eval mode kind="wrong" zh="train/eval" en="train/eval"
def predict(model, images):
    model.eval()
    with torch.no_grad():
        return model(images).argmax(1)


# %% flattens the pictures kind="wrong" zh="出错了" en="your code stopped"
def predict(model, images):
    with torch.no_grad():
        return model(images.flatten(1)).argmax(1)
