# %% the method float kind="right"
def float_tensor(data):
    return torch.tensor(data).float()


# %% the constructor Tensor kind="right"
def float_tensor(data):
    return torch.Tensor(data)


# %% the old FloatTensor kind="right"
def float_tensor(data):
    return torch.FloatTensor(data)


# %% as_tensor kind="right"
def float_tensor(data):
    return torch.as_tensor(data, dtype=torch.float)


# %% to another dtype kind="right"
def float_tensor(data):
    tensor = torch.tensor(data)
    return tensor.to(torch.float32)


# %% through NumPy kind="right"
def float_tensor(data):
    return torch.from_numpy(np.array(data, dtype=np.float32))


# %% NumPy then float kind="right"
def float_tensor(data):
    return torch.from_numpy(np.asarray(data)).float()


# %% times one point zero kind="right"
def float_tensor(data):
    return torch.tensor(data) * 1.0


# %% list by list kind="right"
def float_tensor(data):
    if not isinstance(data, list):
        return torch.tensor(float(data))
    return torch.stack([float_tensor(part) for part in data])


# %% leaves it to inference kind="wrong" zh="整数张量" en="integer tensor"
def float_tensor(data):
    return torch.tensor(data)


# %% converts and throws it away kind="wrong" zh="整数张量" en="integer tensor"
def float_tensor(data):
    tensor = torch.tensor(data)
    tensor.float()
    return tensor


# %% float64 kind="wrong" zh="PyTorch 的是 float32" en="PyTorch's is float32"
def float_tensor(data):
    return torch.tensor(data, dtype=torch.float64)


# %% NumPy decides kind="wrong" zh="dtype=" en="dtype="
def float_tensor(data):
    return torch.from_numpy(np.array(data))


# %% NumPy floats kind="wrong" zh="NumPy 的默认浮点数是 float64" en="NumPy's default is float64"
def float_tensor(data):
    return torch.from_numpy(np.array(data, dtype=float))


# %% half precision kind="wrong" zh="精度" en="precision"
def float_tensor(data):
    return torch.tensor(data).half()


# %% integers first kind="wrong" zh="小数部分丢了" en="after the decimal point are lost"
def float_tensor(data):
    return torch.tensor(data, dtype=torch.int64).float()


# %% rounds kind="wrong" zh="四舍五入" en="rounded"
def float_tensor(data):
    return torch.tensor(data).float().round()


# %% flat kind="wrong" zh="列表是嵌套的" en="the list is nested"
def float_tensor(data):
    return torch.tensor(data, dtype=torch.float32).flatten()


# %% lists of lists only kind="wrong" zh="那么多层" en="less deep"
def float_tensor(data):
    return torch.tensor([[float(number) for number in row] for row in data])


# %% a list of floats kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def float_tensor(data):
    return [[float(number) for number in row] for row in data]


# %% NumPy array kind="wrong" zh="from_numpy" en="from_numpy"
def float_tensor(data):
    return np.array(data, dtype=np.float32)


# %% float of the list kind="wrong" zh="`float(…)` 只" en="`float(…)` converts one number"
def float_tensor(data):
    return torch.tensor(float(data))


# %% a list has no float method kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def float_tensor(data):
    return data.float()


# %% forgot the parentheses kind="wrong" zh="括号" en="parentheses"
def float_tensor(data):
    return torch.tensor(data).float


# %% prints kind="wrong" zh="return" en="return"
def float_tensor(data):
    print(torch.tensor(data, dtype=torch.float32))


# %% only the example kind="wrong" zh="`data`" en="`data`"
def float_tensor(data):
    return torch.tensor([[1.0, 2.0], [3.0, 4.0]])


# %% wants a gradient as well kind="right"
def float_tensor(data):
    return torch.tensor(data, dtype=torch.float32, requires_grad=True)
