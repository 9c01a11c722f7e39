# %% zero_grad at the end kind="right"
def train_on(model, batches, device, lr):
    model = model.to(device).train()
    optimizer = torch.optim.SGD(model.parameters(), lr)
    optimizer.zero_grad()
    criterion = nn.CrossEntropyLoss()
    losses = []
    for x, y in batches:
        loss = criterion(model(x.to(device, non_blocking=True)), y.to(device))
        losses.append(loss.detach().clone())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
    return losses


# %% updates by hand kind="right"
def train_on(model, batches, device, lr):
    model.to(device)
    result = []
    for images, labels in batches:
        logits = model(images.to(device)).log_softmax(1)
        loss = nn.functional.nll_loss(logits, labels.to(device))
        parameters = list(model.parameters())
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= lr * g
        result += [loss.data]
    return result


# %% an iterator kind="right"
def train_on(model, batches, device, lr):
    def step(pair):
        images, labels = [x.to(device) for x in pair]
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.detach()

    model.to(device)
    loss_fn = nn.CrossEntropyLoss().to(device)
    optimizer = torch.optim.SGD([{"params": model.parameters()}], lr=lr)
    return [step(pair) for pair in batches]


# %% optimiser first kind="wrong" zh="先搬模型，再建优化器" en="move the model first, then make the optimiser"
def train_on(model, batches, device, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.to(device)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% labels stay kind="wrong" zh="有东西没有搬到" en="something did not move"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images = images.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% does not catch kind="wrong" zh="有东西没有搬到" en="something did not move"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% moves nothing kind="wrong" zh="有东西没有搬到" en="something did not move"
def train_on(model, batches, device, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% CUDA or CPU kind="wrong" zh="有东西没有搬到" en="something did not move"
def train_on(model, batches, device, lr):
    device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% item kind="wrong" zh="读了损失的数值" en="the value of a loss is read"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% prints the loss kind="wrong" zh="读了损失的数值" en="the value of a loss is read"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(f"loss: {loss}")
        losses.append(loss.detach())
    return losses


# %% back to the CPU kind="wrong" zh="读了损失的数值" en="the value of a loss is read"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().cpu())
    return losses


# %% keeps the graphs kind="wrong" zh="拖着计算图" en="carry their graph"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% moves everything first kind="wrong" zh="轮到哪一批" en="when its turn comes"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    moved = [(images.to(device), labels.to(device)) for images, labels in batches]
    for images, labels in moved:
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% no zero_grad kind="wrong" zh="清零" en="gradients cleared"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% no step kind="wrong" zh="没有训练过" en="nothing was trained"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.detach())
    return losses


# %% its own learning rate kind="wrong" zh="学习率用 `lr`" en="the learning rate `lr`"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% Adam kind="wrong" zh="训练的结果不对" en="the training ends elsewhere"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% momentum kind="wrong" zh="不要动量" en="no momentum"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% the mean of the losses kind="wrong" zh="应返回一个列表" en="a list is wanted"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses).mean()


# %% trains a copy kind="wrong" zh="有东西没有搬到" en="something did not move"
import copy


def train_on(model, batches, device, lr):
    model = copy.deepcopy(model).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% counts the batches kind="wrong" zh="从头走一遍" en="gone through once"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for i in range(len(batches)):
        images, labels = batches[i]
        loss = nn.functional.cross_entropy(model(images.to(device)), labels.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% softmax before the loss kind="wrong" zh="前面不加 softmax" en="no softmax before it"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images).softmax(1), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% clears before it updates kind="wrong" zh="最后 `step()`" en="then `step()`"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% updates before it goes backward kind="wrong" zh="最后 `step()`" en="then `step()`"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
        losses.append(loss.detach())
    return losses


# %% detach without brackets kind="wrong" zh="带括号" en="with the brackets"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach)
    return losses


# %% moves the pair kind="wrong" zh="只有张量和模块有 `.to`" en="only tensors and modules have `.to`"
def train_on(model, batches, device, lr):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for batch in batches:
        images, labels = batch.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses
