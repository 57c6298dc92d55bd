// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_error.h"

#include "core/session/failure.h"

#include <system_error>

namespace headroom {

Error engineError(const std::exception_ptr& exception, const std::string& memoryRemedy) {
    try {
        std::rethrow_exception(exception);
    } catch (const OutOfMemoryError& error) {
        return error.remedy().empty() ? OutOfMemoryError(error.what(), error.where(), memoryRemedy) : error;
    } catch (const Error& error) {
        return error;
    } catch (const std::exception& error) {
        if (meansOutOfMemory(error))
            return OutOfMemoryError(plainMessage(error), {}, memoryRemedy);
        const bool isSystemError = dynamic_cast<const std::system_error*>(&error) != nullptr;
        return {ErrorKind::Failure, (isSystemError ? "" : "internal error: ") + plainMessage(error)};
    } catch (...) {
        return {ErrorKind::Failure, "internal error: unknown exception"};
    }
}

Error separationError(const std::exception_ptr& exception) {
    return engineError(
        exception,
        "Use shorter segments (--chunk-seconds) or fewer at a time (--batch-size 1), or --device cpu.");
}

} // namespace headroom
