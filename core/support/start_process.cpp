// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/start_process.h"

#include "core/support/system_error.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <spawn.h>
#include <unistd.h>
#include <utility>

namespace headroom {
namespace {

/// Pointers to the texts, terminated by null, as exec() takes them.
std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// These variables, and those of this process that they do not replace.
std::vector<std::string> environmentWith(std::vector<std::string> variables) {
    std::vector<std::string> environment = std::move(variables);
    const auto given = static_cast<std::ptrdiff_t>(environment.size());
    for (char** own = environ; *own != nullptr; ++own) {
        const std::string name(*own, std::strcspn(*own, "=") + 1);
        const auto end = environment.begin() + given;
        if (std::none_of(environment.begin(), end,
                         [&](const std::string& each) { return each.starts_with(name); }))
            environment.emplace_back(*own);
    }
    return environment;
}

} // namespace

int startProcess(ProcessStart start) {
    std::vector<std::string> environment = environmentWith(std::move(start.variables));
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none; // this process may block the signals that it waits for
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (std::size_t i = 0; i < start.descriptors.size(); ++i)
        posix_spawn_file_actions_adddup2(&actions, start.descriptors[i], static_cast<int>(i));
    pid_t process = -1;
    const int error = posix_spawn(&process, start.program.c_str(), &actions, &attributes,
                                  pointersTo(start.arguments).data(), pointersTo(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        throw systemError("cannot start the program", start.program, error);
    return process;
}

} // namespace headroom
