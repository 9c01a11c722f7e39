# %% uniform_ in place kind="right"
def noise_like(x):
    return torch.empty(x.shape).uniform_(-1, 1)


# %% rand of the shape kind="right"
def noise_like(x):
    return torch.rand(x.shape) * 2 - 1


# %% one minus the double kind="right"
def noise_like(x):
    return 1 - 2 * torch.rand(size=x.size(), dtype=torch.float32)


# %% half shifted, then doubled kind="right"
def noise_like(x):
    noise = torch.rand_like(x.float())
    noise -= 0.5
    noise *= 2
    return noise


# %% NumPy kind="right"
def noise_like(x):
    noise = np.random.uniform(-1, 1, size=tuple(x.shape))
    return torch.tensor(noise, dtype=torch.float32)


# %% Python's random kind="right"
import random


def noise_like(x):
    noise = torch.zeros(x.numel())
    for i in range(x.numel()):
        noise[i] = random.uniform(-1, 1)
    return noise.reshape(x.shape)


# %% a distribution kind="right"
def noise_like(x):
    return torch.distributions.Uniform(-1.0, 1.0).sample(x.shape)


# %% lerp kind="right"
def noise_like(x):
    return torch.lerp(torch.tensor(-1.0), torch.tensor(1.0), torch.rand_like(x, dtype=torch.float))


# %% rand_like of integers kind="wrong" zh="dtype=torch.float32" en="dtype=torch.float32"
def noise_like(x):
    return 2 * torch.rand_like(x) - 1


# %% plain rand kind="wrong" zh="拉伸再平移" en="stretch and shift"
def noise_like(x):
    return torch.rand_like(x, dtype=torch.float32)


# %% randn kind="wrong" zh="`randn` 没有界限" en="`randn` has no bounds"
def noise_like(x):
    return torch.randn_like(x, dtype=torch.float32)


# %% randn clamped kind="wrong" zh="不均匀" en="not spread evenly"
def noise_like(x):
    return torch.randn_like(x, dtype=torch.float32).clamp(-1, 1)


# %% shifted, not stretched kind="wrong" zh="没有接近 1" en="nothing comes near 1"
def noise_like(x):
    return torch.rand_like(x, dtype=torch.float32) - 1


# %% half the width kind="wrong" zh="拉伸再平移" en="stretch and shift"
def noise_like(x):
    return torch.rand_like(x, dtype=torch.float32) - 0.5


# %% stretched, not shifted kind="wrong" zh="之外" en="outside"
def noise_like(x):
    return 2 * torch.rand_like(x, dtype=torch.float32)


# %% stretches after the shift kind="wrong" zh="之外" en="outside"
def noise_like(x):
    return 2 * (torch.rand_like(x, dtype=torch.float32) - 1)


# %% whole numbers kind="wrong" zh="整数" en="whole numbers"
def noise_like(x):
    return torch.randint_like(x, -1, 2).float()


# %% NumPy's float64 kind="wrong" zh="NumPy 的默认浮点数是 float64" en="NumPy's default is float64"
def noise_like(x):
    return torch.from_numpy(np.random.uniform(-1, 1, tuple(x.shape)))


# %% added to x kind="wrong" zh="加在 `x` 上" en="added to `x`"
def noise_like(x):
    return x + 2 * torch.rand(x.shape) - 1


# %% follows the dtype of x kind="wrong" zh="加上 `dtype=torch.float32`" en="add `dtype=torch.float32`"
def noise_like(x):
    return (2 * torch.rand(x.shape) - 1).to(x.dtype)


# %% unpacks a shape without axes kind="wrong" zh="不要写 `*`" en="without `*`"
def noise_like(x):
    return 2 * torch.rand(*x.shape) - 1


# %% same noise in every row kind="wrong" zh="每一行都一样" en="every row is the same"
def noise_like(x):
    return (2 * torch.rand(x.shape[-1:]) - 1).expand(x.shape)


# %% seeds inside kind="wrong" zh="种子" en="seed"
def noise_like(x):
    torch.manual_seed(0)
    return 2 * torch.rand_like(x, dtype=torch.float32) - 1


# %% one number for all kind="wrong" zh="同一个数" en="the same number"
def noise_like(x):
    return torch.ones(x.shape) * (2 * torch.rand(1) - 1)


# %% only the size of the example kind="wrong" zh="`x.shape`" en="`x.shape`"
def noise_like(x):
    return 2 * torch.rand(2, 2) - 1


# %% two axes only kind="wrong" zh="某一种形状" en="one kind of shape"
def noise_like(x):
    h, w = x.shape
    return 2 * torch.rand(h, w) - 1


# %% length instead of shape kind="wrong" zh="`len(x)`" en="`len(x)`"
def noise_like(x):
    return 2 * torch.rand(len(x)) - 1


# %% fills x itself kind="wrong" zh="改动了" en="changed"
def noise_like(x):
    if x.is_floating_point() and x.dtype == torch.float32:
        return x.uniform_(-1, 1)
    return torch.empty(x.shape).uniform_(-1, 1)


# %% uniform_ on x itself kind="wrong" zh="浮点数" en="floats"
def noise_like(x):
    return x.uniform_(-1, 1)


# %% a list kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def noise_like(x):
    return (2 * torch.rand(x.shape) - 1).tolist()


# %% prints kind="wrong" zh="return" en="return"
def noise_like(x):
    print(2 * torch.rand_like(x, dtype=torch.float32) - 1)


# %% random signs of one half kind="wrong" zh="不均匀" en="not spread evenly"
def noise_like(x):
    return torch.rand(x.shape) - torch.rand(x.shape)
