# %% loss outside kind="right"
def mixed_step(model, optimizer, images, labels):
    optimizer.zero_grad()
    with torch.autocast(images.device.type, torch.bfloat16):
        logits = model(images)
    loss = nn.CrossEntropyLoss()(logits.float(), labels)
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% amp and the parameters' device kind="right"
def mixed_step(model, optimizer, images, labels):
    model.train()
    place = next(model.parameters()).device.type
    with torch.amp.autocast(place, dtype=torch.bfloat16, enabled=True, cache_enabled=False):
        loss = torch.nn.functional.nll_loss(model(images).float().log_softmax(1), labels)
    optimizer.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()
    return loss.data


# %% everything inside kind="right"
def mixed_step(model, optimizer, images, labels):
    for group in optimizer.param_groups:
        for p in group["params"]:
            p.grad = None
    with torch.autocast(device_type=str(images.device).split(":")[0], dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
    return loss.detach().clone()


# %% no autocast kind="wrong" zh="要放进 `torch.autocast" en="put the forward pass into `torch.autocast"
def mixed_step(model, optimizer, images, labels):
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% CUDA's autocast kind="wrong" zh="images.device.type" en="images.device.type"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast("cuda", dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% float16 kind="wrong" zh="`dtype=torch.bfloat16`" en="`dtype=torch.bfloat16` is wanted"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.float16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% converts the model kind="wrong" zh="不要转换模型" en="don't convert the model"
def mixed_step(model, optimizer, images, labels):
    model.bfloat16()
    loss = nn.functional.cross_entropy(model(images.bfloat16()).float(), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% converts the images kind="wrong" zh="dtype" en="dtype"
def mixed_step(model, optimizer, images, labels):
    loss = nn.functional.cross_entropy(model(images.bfloat16()), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% loss in bfloat16 kind="wrong" zh="损失应是 `float32`" en="the loss should be `float32`"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        logits = model(images)
    loss = nn.functional.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% float at the end kind="wrong" zh="损失应是 `float32`" en="the loss should be `float32`"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        logits = model(images)
    loss = nn.functional.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach().float()


# %% no step kind="wrong" zh="optimizer.step()" en="optimizer.step()"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    return loss.detach()


# %% no zero_grad kind="wrong" zh="旧的梯度" en="old gradients"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% with the graph kind="wrong" zh="`detach()`" en="`detach()`"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


# %% item kind="wrong" zh="torch.Tensor" en="torch.Tensor"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# %% loss after the update kind="wrong" zh="更新**之前**" en="**before** the update"
def mixed_step(model, optimizer, images, labels):
    def forward():
        with torch.autocast(images.device.type, dtype=torch.bfloat16):
            return nn.functional.cross_entropy(model(images), labels)

    optimizer.zero_grad()
    forward().backward()
    optimizer.step()
    return forward().detach()


# %% sum of the batch kind="wrong" zh="一批的平均" en="the batch's mean"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels, reduction="sum")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% two steps kind="wrong" zh="更新的结果不对" en="the update came out differently"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    optimizer.step()
    return loss.detach()


# %% no dtype kind="wrong" zh="要写明 `dtype=torch.bfloat16`" en="Without a `dtype`"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% device instead of its type kind="wrong" zh="`x.device.type`" en="`x.device.type`"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% forward again outside kind="wrong" zh="不止一次" en="more than once"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return nn.functional.cross_entropy(model(images), labels).detach()


# %% softmax before the loss kind="wrong" zh="不加 softmax" en="no softmax"
def mixed_step(model, optimizer, images, labels):
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images).softmax(1), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# %% an optimiser of its own kind="wrong" zh="传进来的 `optimizer`" en="the `optimizer` that is given"
def mixed_step(model, optimizer, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with torch.autocast(images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()
