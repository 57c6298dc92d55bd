// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string_view>

/// Diagnostic messages that a bug report can hold: to a file of the user's cache folder, and to standard
/// error on request. Use a notice, an event or an Error instead for what the user must know. Call from any
/// thread; nothing here throws.
namespace headroom {

/// What a message is about; its name in the file is lower case.
enum class LogCategory { Program, Cards, Data, Forecast, Training, Weights, Window };

enum class LogLevel {
    Debug,   ///< details; written only with `verbose`
    Info,    ///< what the program does
    Warning, ///< what it could not do and continued without
    Error,   ///< why it ended, or a failure that the user was shown
};

/// Starts to log. Without this call, messages go nowhere, as in tests.
/// @param program  names the file: <folder>/<program>.log, of at most 1 MiB, beside at most two older ones
/// @param folder   created if missing; if it cannot be written, there is no file; empty: no file
/// @param verbose  also write everything, debug messages included, to standard error
void startLog(std::string_view program, const std::filesystem::path& folder, bool verbose);

/// The log file; empty if there is none.
std::filesystem::path logFile();

/// Writes one message: time, process, category, level, text. Line breaks in the text are indented, so that no
/// text can pass for another message. Reaches the file before the call returns, unless it is a debug message.
void log(LogCategory category, LogLevel level, std::string_view text);

} // namespace headroom
