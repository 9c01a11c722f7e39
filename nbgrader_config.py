"""nbgrader reads this when it runs in this folder.  COURSE_LANGUAGE (zh or en) chooses the edition."""

from pytorch_learning.language import from_environment
from pytorch_learning.nbgrader_settings import settings

c = get_config()  # noqa: F821
c.merge(settings(from_environment()))
