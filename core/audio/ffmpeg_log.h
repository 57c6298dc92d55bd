// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// Makes FFmpeg's libraries print nothing and allocate at most 256 MiB at a time, in the whole process. Call
/// before their other functions; any thread.
void prepareFfmpeg();

/// Forgets the errors that the libraries logged on this thread.
void clearFfmpegReason();

/// The first error that the libraries have logged on this thread since then; without one, the text of the
/// error code `result`. Without a period.
std::string ffmpegReason(int result);

} // namespace headroom
