//! Import of customer lists (导入).
