// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <stdexcept>
#include <string>

namespace headroom {

/// The cause of an error; determines the exit code of the command line.
enum class ErrorKind {
    Input,   ///< invalid input: arguments, configuration, audio or weights files. Exit code 2
    Failure, ///< the operation failed: disk full, no permission, diverged, out of memory. Exit code 1
};

/// Base class of all errors that a user can see. Carries what happened, where, and what to do about it.
class Error : public std::runtime_error {
public:
    /// @param what   what is wrong, without a period: "unknown key 'model.hiden_dim'"
    /// @param where  file:line and key, or file and offset; may be empty
    /// @param remedy what to do about it, as a sentence; may be empty
    Error(ErrorKind kind, const std::string& what, std::string where = {}, std::string remedy = {})
        : std::runtime_error(what), kind_(kind), where_(std::move(where)), remedy_(std::move(remedy)) {}

    ErrorKind kind() const { return kind_; }
    const std::string& where() const { return where_; }
    const std::string& remedy() const { return remedy_; }

    /// "where: what. remedy", without the empty parts.
    std::string message() const;

private:
    ErrorKind kind_;
    std::string where_;
    std::string remedy_;
};

/// Host or device memory is insufficient.
class OutOfMemoryError : public Error {
public:
    explicit OutOfMemoryError(const std::string& what, std::string where = {}, std::string remedy = {})
        : Error(ErrorKind::Failure, what, std::move(where), std::move(remedy)) {}
};

} // namespace headroom
