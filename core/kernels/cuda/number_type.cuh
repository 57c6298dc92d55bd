// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The type of the numbers of kernels for both types, and of 16 bytes of them. An emulation includes this once
// for each type, and therefore in its own namespaces.

#include "core/kernels/cuda/intrinsics.cuh"

#if FLOAT32
using Number = float;
using Vector = Four;
#else
using Number = u16;
using Vector = Eight;
#endif
