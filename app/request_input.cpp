// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/request_input.h"

#include "app/print.h"
#include "core/support/error.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <string>
#include <unistd.h>

namespace headroom::app {

RequestInput::RequestInput(TrainingSession& session)
    : session_(session), thread_([this](const std::stop_token& stop) { read(stop); }) {}

void RequestInput::read(const std::stop_token& stop) {
    constexpr int interval = 200; // ms
    std::string rest;
    while (!stop.stop_requested()) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, interval) == 0)
            continue;
        std::array<char, 4096> bytes{};
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            session_.requestStop();
            return;
        }
        rest.append(bytes.data(), static_cast<std::size_t>(count));
        for (std::size_t end; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1))
            take(std::string_view(rest).substr(0, end));
    }
}

void RequestInput::take(std::string_view request) {
    const std::size_t equals = request.find('=');
    if (request == "pause")
        session_.pause();
    else if (request == "resume")
        session_.resume();
    else if (request == "save")
        session_.saveNow();
    else if (equals != std::string_view::npos)
        changeOption(std::string(request.substr(0, equals)), std::string(request.substr(equals + 1)));
    else
        printError("headroom: unknown request '{}'. Requests are pause, resume, save, and KEY=VALUE\n",
                   request);
}

void RequestInput::changeOption(const std::string& key, const std::string& value) {
    try {
        session_.setOption(key, value);
    } catch (const Error& error) {
        printError("headroom: {}\n", error.message());
    }
}

} // namespace headroom::app
