// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Registers Meta kernels for the operators of a training step that have none in C++. They allocate the same
/// results and temporaries as the real kernels, in the same order, without values. Call once.
void registerMetaKernels();

} // namespace headroom
