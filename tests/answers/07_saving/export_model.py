# %% restores in finally kind="right"
def export_model(model, example, path):
    was_training = model.training
    try:
        model.eval()
        n = torch.export.Dim("n", min=1)
        torch.export.save(torch.export.export(model, (example,), dynamic_shapes=({0: n},)), path)
    finally:
        model.train(was_training)


# %% exports a copy kind="right"
def export_model(model, example, path):
    still = copy.deepcopy(model).eval()
    program = torch.export.export(still, (example.clone(),), dynamic_shapes=[{0: torch.export.Dim.DYNAMIC}])
    torch.export.save(program, str(path))


# %% automatic dimension kind="right"
def export_model(model, example, path):
    modes = {name: module.training for name, module in model.named_modules()}
    model.eval()
    with torch.no_grad():
        program = torch.export.export(model, (example,), dynamic_shapes=({0: torch.export.Dim.AUTO},))
    with open(path, "wb") as file:
        torch.export.save(program, file)
    for name, module in model.named_modules():
        module.training = modes[name]


# %% frozen copy with its own example kind="right"
def export_model(model, example, path):
    twin = copy.deepcopy(model)
    twin.train(False)
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    samples = torch.rand(3, *example.shape[1:])
    batch = torch.export.Dim("batch", min=1, max=100000)
    torch.export.save(torch.export.export(twin, (samples,), dynamic_shapes=({0: batch},)), path)


# %% fixed batch kind="wrong" zh="第 0 维要可变" en="dimension 0 has to vary"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    torch.export.save(torch.export.export(model, (example,)), path)
    model.train(mode)


# %% in train mode kind="wrong" zh="导出之前要 `eval()`" en="call `eval()` before exporting"
def export_model(model, example, path):
    batch = torch.export.Dim("batch")
    torch.export.save(torch.export.export(model, (example,), dynamic_shapes=({0: batch},)), path)


# %% leaves it in eval mode kind="wrong" zh="恢复原来的" en="set it back"
def export_model(model, example, path):
    model.eval()
    batch = torch.export.Dim("batch")
    torch.export.save(torch.export.export(model, (example,), dynamic_shapes=({0: batch},)), path)


# %% always back to train mode kind="wrong" zh="恢复原来的" en="set it back"
def export_model(model, example, path):
    model.eval()
    batch = torch.export.Dim("batch")
    torch.export.save(torch.export.export(model, (example,), dynamic_shapes=({0: batch},)), path)
    model.train()


# %% exports without saving kind="wrong" zh="`torch.export.save`" en="`torch.export.save`"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    batch = torch.export.Dim("batch")
    torch.export.export(model, (example,), dynamic_shapes=({0: batch},))
    model.train(mode)


# %% saves the state dict kind="wrong" zh="读不了这个文件" en="can't read the file"
def export_model(model, example, path):
    torch.save(model.state_dict(), path)


# %% one sample as example kind="wrong" zh="第 0 维要可变" en="dimension 0 has to vary"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, (example[:1],), dynamic_shapes=({0: torch.export.Dim.AUTO},))
    torch.export.save(program, path)
    model.train(mode)


# %% runs the model in train mode first kind="wrong" zh="参数或缓冲区变了" en="parameters or buffers have changed"
def export_model(model, example, path):
    mode = model.training
    model(example)
    still = copy.deepcopy(model).eval()
    model.train(mode)
    program = torch.export.export(still, (example,), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},))
    torch.export.save(program, path)


# %% no tuple of examples kind="wrong" zh="`(example,)`" en="`(example,)`"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, example, dynamic_shapes=({0: torch.export.Dim("n")},))
    model.train(mode)
    torch.export.save(program, path)


# %% forgets the comma kind="wrong" zh="`({0: …},)`" en="`({0: …},)`"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, (example,), dynamic_shapes=({0: torch.export.Dim("n")}))
    model.train(mode)
    torch.export.save(program, path)


# %% a name is no Dim kind="wrong" zh="`torch.export.Dim(…)`" en="`torch.export.Dim(…)`"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, (example,), dynamic_shapes=({0: "n"},))
    model.train(mode)
    torch.export.save(program, path)


# %% one sample, and a Dim kind="wrong" zh="第 0 维" en="dimension 0 can vary"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, (example[:1],), dynamic_shapes=({0: torch.export.Dim("n")},))
    model.train(mode)
    torch.export.save(program, path)


# %% path and program swapped kind="wrong" zh="再是路径" en="then the path"
def export_model(model, example, path):
    mode = model.training
    model.eval()
    program = torch.export.export(model, (example,), dynamic_shapes=({0: torch.export.Dim("n")},))
    model.train(mode)
    torch.export.save(path, program)
