#pragma once

#include <stdexcept>
#include <string>

namespace headroom {

/// Who has to act on an error; decides the exit code of the command line.
enum class ErrorKind {
    Input,   ///< What the user gave is wrong: arguments, configuration, sound or weights files. Exit code 2.
    Failure, ///< The work itself failed: disk full, no permission, diverged, out of memory. Exit code 1.
};

/// Our own error family: every fault that a user can meet is one of these, with what, where and what to do.
class Error : public std::runtime_error {
public:
    /// @param what   what is wrong, a sentence without full stop: "unknown key 'model.hiden_dim'"
    /// @param where  file:line and key, or file and offset; empty where there is no place
    /// @param remedy what to do about it, a sentence; empty where nothing is known
    Error(ErrorKind kind, const std::string& what, std::string where = {}, std::string remedy = {})
        : std::runtime_error(what), kind_(kind), where_(std::move(where)), remedy_(std::move(remedy)) {}

    ErrorKind kind() const { return kind_; }
    const std::string& where() const { return where_; }
    const std::string& remedy() const { return remedy_; }

    /// "where: what. remedy", leaving out what is empty.
    std::string message() const;

private:
    ErrorKind kind_;
    std::string where_;
    std::string remedy_;
};

/// There is no memory for what must be done, on the machine or on the device.
class OutOfMemoryError : public Error {
public:
    explicit OutOfMemoryError(const std::string& what, std::string where = {}, std::string remedy = {})
        : Error(ErrorKind::Failure, what, std::move(where), std::move(remedy)) {}
};

} // namespace headroom
