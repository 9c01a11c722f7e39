# %% mask divided kind="right"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if self.training and self.p > 0:
            keep = (torch.rand(x.shape, device=x.device) > self.p).to(x.dtype)
            return x * keep / (1 - self.p)
        return x


# %% bernoulli kind="right"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.keep = 1 - p

    def forward(self, x):
        if not self.training:
            return x.clone()
        return x * torch.bernoulli(torch.full_like(x, self.keep)) / self.keep


# %% where kind="right"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        p = self.p if self.training else 0
        return torch.where(torch.rand_like(x) < p, 0, x / (1 - p))


# %% masked_fill kind="right"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x.masked_fill(torch.rand_like(x) < self.p, 0) / (1 - self.p)


# %% not divided kind="wrong" zh="要除以 1 − p" en="is divided by 1 − p"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand_like(x) >= self.p) if self.training else x


# %% keeps with p kind="wrong" zh="比较反了" en="turn the comparison round"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand_like(x) < self.p) / (1 - self.p) if self.training else x


# %% keeps with p and divides by it kind="wrong" zh="比较反了" en="turn the comparison round"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand_like(x) < self.p) / self.p if self.training else x


# %% ignores the mode kind="wrong" zh="评估模式" en="eval mode"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)


# %% a mask for each row kind="wrong" zh="整行" en="whole rows"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand(x.shape[0], 1) >= self.p) / (1 - self.p)


# %% ready-made kind="wrong" zh="现成" en="ready-made"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.drop = nn.Dropout(p)

    def forward(self, x):
        return self.drop(x)


# %% randn kind="wrong" zh="`randn`" en="`randn`"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.randn_like(x) >= self.p) / (1 - self.p) if self.training else x


# %% NumPy's random numbers kind="wrong" zh="用 PyTorch 的随机数" en="use PyTorch's random numbers"
import numpy as np


class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * torch.from_numpy(np.random.rand(*x.shape) >= self.p) / (1 - self.p)


# %% in place kind="wrong" zh="不要就地运算" en="don't work in place"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if self.training:
            x[torch.rand_like(x) < self.p] = 0
            x /= 1 - self.p
        return x


# %% seeded kind="wrong" zh="不要设种子" en="set no seed"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        torch.manual_seed(0)
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p) if self.training else x


# %% scales in eval mode too kind="wrong" zh="不要除以" en="don't divide"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if self.training:
            x = x * (torch.rand_like(x) >= self.p)
        return x / (1 - self.p)


# %% the wrong mode kind="wrong" zh="是不是看反了" en="the wrong way round"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if self.training:
            return x
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)


# %% forgets self kind="wrong" zh="`self.p = p`" en="`self.p = p`"
class RandomZeros(nn.Module):
    def __init__(self, p):
        super().__init__()

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) >= p) / (1 - p)  # noqa: F821
