// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom::app {

/// Throws Error (Input) if the environment shows that a launcher (torchrun, mpirun, srun) has started several
/// processes: all of them would train the same run in the same folder.
void requireSingleProcess();

} // namespace headroom::app
