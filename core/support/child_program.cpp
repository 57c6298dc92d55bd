// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/child_program.h"

#include "core/support/system_error.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace headroom {
namespace {

/// Two connected ends that close on exec: what is written to the second can be read from the first. Sockets,
/// since a write to one can do without SIGPIPE.
std::pair<FileDescriptor, FileDescriptor> connectedEnds() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw systemError("cannot connect to a program", {}, errno);
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

/// A file in memory, which leaves nothing behind.
FileDescriptor fileWith(const std::string& text) {
    FileDescriptor file(::memfd_create("headroom", MFD_CLOEXEC));
    std::size_t written = 0;
    while (file.isOpen() && written < text.size()) {
        const ssize_t bytes = ::write(file.get(), text.data() + written, text.size() - written);
        if (bytes < 0)
            break;
        written += static_cast<std::size_t>(bytes);
    }
    if (written < text.size() || !file.isOpen())
        throw systemError("cannot pass a file to a program", {}, errno);
    return file;
}

} // namespace

ChildProgram::ChildProgram(ProcessStart start, const std::string& text) {
    const FileDescriptor given = fileWith(text);
    auto [theirInput, input] = connectedEnds();
    auto [output, theirOutput] = connectedEnds();
    auto [errors, theirErrors] = connectedEnds();
    start.descriptors = {theirInput.get(), theirOutput.get(), theirErrors.get(), given.get()};
    process_ = startProcess(std::move(start));
    input_ = std::move(input);
    output_.end = std::move(output);
    errors_.end = std::move(errors);
}

ChildProgram::~ChildProgram() {
    endInput();
    output_.end.close();
    errors_.end.close();
    wait();
}

void ChildProgram::send(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    if (input_.isOpen())
        ::send(input_.get(), text.data(), text.size(), MSG_NOSIGNAL);
}

bool ChildProgram::read(std::chrono::milliseconds patience, const OnLine& onOutput, const OnLine& onError) {
    // poll() ignores negative descriptors.
    std::array<pollfd, 2> streams = {pollfd{output_.end.get(), POLLIN, 0}, {errors_.end.get(), POLLIN, 0}};
    ::poll(streams.data(), streams.size(), static_cast<int>(patience.count()));
    if (streams[0].revents != 0)
        output_.read(onOutput);
    if (streams[1].revents != 0)
        errors_.read(onError);
    return output_.end.isOpen() || errors_.end.isOpen();
}

void ChildProgram::Stream::read(const OnLine& onLine) {
    std::array<char, 1 << 16> bytes{};
    const ssize_t count = ::read(end.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
        return;
    if (count <= 0) {
        end.close();
        if (!rest.empty())
            onLine(std::exchange(rest, {}));
        return;
    }
    rest.append(bytes.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t line; (line = rest.find('\n', begin)) != std::string::npos; begin = line + 1)
        onLine(rest.substr(begin, line - begin));
    rest.erase(0, begin);
}

int ChildProgram::wait() {
    if (process_ < 0)
        return code_;
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    constexpr int bySignal = 128;
    code_ = WIFSIGNALED(status) ? bySignal + WTERMSIG(status) : WEXITSTATUS(status);
    return code_;
}

} // namespace headroom
