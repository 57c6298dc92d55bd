// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Makes malloc keep freed pages instead of returning them to the system. A training step frees and allocates
/// the same hundreds of MiB over and over, and the page faults cost more than many operators. In return,
/// resident memory stays at its peak until returnFreeMemory(). Call at the start of main(), before other
/// threads exist. No effect without glibc.
void disableMallocTrim();

/// Returns all freed pages to the system now, which takes some 100 ms per GiB. Thread-safe. No effect without
/// glibc.
void returnFreeMemory();

} // namespace headroom
