// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom::app {

/// Replaces this process by the program of this name in the folder of the programs, with LibTorch on its
/// path. Returns if there is no LibTorch. Throws Error if the program cannot be started. Call with one
/// thread.
void startInstalled(const std::string& name, char** arguments);

/// Replaces this process by the dialog that fetches LibTorch for the studio. Returns if there is no display
/// or no dialog.
void startStudioSetup(char** arguments);

} // namespace headroom::app
