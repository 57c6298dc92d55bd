// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"
#include "core/support/start_process.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace headroom {

/// A program that this one starts, writes lines to, and reads lines from. One thread.
class ChildProgram {
public:
    using OnLine = std::function<void(const std::string& line)>;

    /// Starts it. Throws Error.
    /// @param text  what the program finds in ChildProgram::file
    /// @param start without descriptors
    ChildProgram(ProcessStart start, const std::string& text);
    /// Ends its input and waits for its end.
    ~ChildProgram();
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;

    static constexpr const char* file = "/proc/self/fd/3";

    /// Sends a line, which is lost if the program has ended.
    void send(std::string_view line);
    void endInput() { input_.close(); }

    /// Waits at most this long for output, and passes on its lines. Returns false once both streams have
    /// ended.
    bool read(std::chrono::milliseconds patience, const OnLine& onOutput, const OnLine& onError);

    /// Waits for its end. Returns its exit code, or 128 and the number of the signal that ended it.
    int wait();

private:
    /// A stream of the program, in lines.
    struct Stream {
        FileDescriptor end;
        std::string rest; ///< of the last line
        void read(const OnLine& onLine);
    };

    FileDescriptor input_;
    Stream output_;
    Stream errors_;
    int process_ = -1; ///< negative: has ended
    int code_ = 0;
};

} // namespace headroom
