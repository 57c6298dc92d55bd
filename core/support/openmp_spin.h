// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Limits how long idle OpenMP threads busy-wait before they block. By default libgomp spins for
/// milliseconds, which on a busy machine takes the CPU away from the thread being waited for. libgomp
/// reads GOMP_SPINCOUNT when it is loaded, so this sets the variable and executes the program again, unless
/// the environment already has OMP_WAIT_POLICY or GOMP_SPINCOUNT. Call before other threads exist. Linux
/// only; no effect elsewhere.
/// @param arguments argv of main(), terminated by a null pointer
void limitOpenMpSpin(char** arguments);

} // namespace headroom
