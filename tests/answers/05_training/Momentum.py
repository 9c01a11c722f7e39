# %% dictionary kind="right"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.params = [p for p in parameters]
        self.lr = lr
        self.mu = momentum
        self.state = {}

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            v = self.state.get(p)
            v = p.grad.clone() if v is None else self.mu * v + p.grad
            self.state[p] = v
            p -= self.lr * v

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% list of velocities rebound kind="right"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = tuple(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [0.0] * len(self.parameters)

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is not None:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                    p.add_(self.v[i], alpha=-self.lr)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% through data kind="right"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.pairs = [(p, torch.zeros_like(p.data)) for p in parameters]
        self.lr, self.momentum = lr, momentum

    def step(self):
        for p, v in self.pairs:
            if p.grad is not None:
                v *= self.momentum
                v += p.grad.detach()
                p.data -= self.lr * v

    def zero_grad(self):
        for p, _ in self.pairs:
            p.grad = None


# %% a subclass of Optimizer kind="right"
class Momentum(torch.optim.Optimizer):
    def __init__(self, parameters, lr, momentum):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "v" not in state:
                    state["v"] = torch.zeros_like(p)
                state["v"] = group["momentum"] * state["v"] + p.grad
                p.copy_(p - group["lr"] * state["v"])


# %% the generator is used up kind="wrong" zh="只能循环一次" en="looped over only once"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = parameters
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                if p.grad is not None:
                    v.mul_(self.momentum).add_(p.grad)
                    p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% velocity is the gradient itself kind="wrong" zh="同一个张量" en="the same tensor"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [None] * len(self.parameters)

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is None:
                    continue
                if self.v[i] is None:
                    self.v[i] = p.grad
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% changes the gradient kind="wrong" zh="梯度被改了" en="the gradient has changed"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is not None:
                    self.v[i] = p.grad.add_(self.v[i], alpha=self.momentum).clone()
                    p -= self.lr * self.v[i]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% no momentum kind="wrong" zh="没有动量" en="no momentum"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr = lr

    def step(self):
        with torch.no_grad():
            for p in self.parameters:
                if p.grad is not None:
                    p -= self.lr * p.grad

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% damped kind="wrong" zh="1 − momentum" en="1 − momentum"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                if p.grad is not None:
                    v.mul_(self.momentum).add_(p.grad, alpha=1 - self.momentum)
                    p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% one velocity for all kind="wrong" zh="自己的 v" en="a v of its own"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = 0

    def step(self):
        with torch.no_grad():
            for p in self.parameters:
                if p.grad is not None:
                    self.v = self.momentum * self.v + p.grad
                    p -= self.lr * self.v

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% None not skipped kind="wrong" zh="`grad` 可能是 `None`" en="may be `None`"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                v.mul_(self.momentum).add_(p.grad)
                p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% rebinds the parameter kind="wrong" zh="只造出新张量" en="only makes a new tensor"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is not None:
                self.v[i] = self.momentum * self.v[i] + p.grad
                p = p - self.lr * self.v[i]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% the wrong way kind="wrong" zh="方向反了" en="direction is wrong"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                if p.grad is not None:
                    v.mul_(self.momentum).add_(p.grad)
                    p.add_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% clears the velocity kind="wrong" zh="没有动量" en="no momentum"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum

    def step(self):
        with torch.no_grad():
            for p in self.parameters:
                if p.grad is not None:
                    v = torch.zeros_like(p)
                    v = self.momentum * v + p.grad
                    p -= self.lr * v

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% state in the class kind="wrong" zh="`self`" en="`self`"
class Momentum:
    velocities = []

    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.velocities += [torch.zeros_like(p) for p in self.parameters]
        self.lr, self.momentum = lr, momentum

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.velocities):
                if p.grad is not None:
                    v.mul_(self.momentum).add_(p.grad)
                    p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% a list shared by default kind="wrong" zh="`self`" en="`self`"
class Momentum:
    def __init__(self, parameters, lr, momentum, velocities={}):
        self.parameters = list(parameters)
        self.velocities = velocities
        self.lr, self.momentum = lr, momentum

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is not None:
                    self.velocities[i] = self.momentum * self.velocities.get(i, 0) + p.grad
                    p.sub_(self.lr * self.velocities[i])

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% records kind="wrong" zh="就地" en="in place"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is not None:
                v.mul_(self.momentum).add_(p.grad)
                p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% wraps torch.optim kind="wrong" zh="torch.optim" en="torch.optim"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.inner = torch.optim.SGD(parameters, lr=lr, momentum=momentum)

    def step(self):
        self.inner.step()

    def zero_grad(self):
        self.inner.zero_grad()


# %% zero_grad does nothing kind="wrong" zh="还有梯度" en="there is a gradient after"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                if p.grad is not None:
                    v.mul_(self.momentum).add_(p.grad)
                    p.sub_(self.lr * v)

    def zero_grad(self):
        self.v = [torch.zeros_like(p) for p in self.parameters]


# %% velocities always on the CPU kind="wrong" zh="别的设备" en="another device"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros(p.shape, dtype=p.dtype) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is not None:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                    p.sub_(self.lr * self.v[i])

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% decays where there is no gradient kind="wrong" zh="没有梯度时" en="without gradients"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                v.mul_(self.momentum)
                if p.grad is not None:
                    v.add_(p.grad)
                p.sub_(self.lr * v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% velocity after the parameter kind="wrong" zh="先算 v" en="compute v first"
class Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.lr, self.momentum = lr, momentum
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.parameters, self.v):
                if p.grad is not None:
                    p -= self.lr * v
                    v.mul_(self.momentum).add_(p.grad)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None
