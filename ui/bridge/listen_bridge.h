// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/listening_service.h"
#include "core/session/separation_service.h"
#include "ui/bridge/mailbox.h"

#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace headroom::ui {

/// The listening and separation services for the GUI thread, which receives their answers in order. GUI
/// thread.
class ListenBridge {
public:
    ListenBridge(std::unique_ptr<ListeningService> listening, std::unique_ptr<SeparationService> separation)
        : listening_(std::move(listening)), separation_(std::move(separation)) {}

    ListeningService& listening() { return *listening_; }
    SeparationService& separation() { return *separation_; }

    /// A number for a new request.
    std::uint64_t nextNumber() { return ++number_; }

    /// Returns a callback for a service. It calls `handler` on the GUI thread as long as `receiver` exists.
    template <typename Answer>
    std::function<void(const Answer&)> onGui(QObject* receiver, std::function<void(const Answer&)> handler) {
        return
            [this, guard = QPointer<QObject>(receiver), handler = std::move(handler)](const Answer& answer) {
                mailbox_.post([guard, handler, answer] {
                    if (guard)
                        handler(answer);
                });
            };
    }

private:
    using Call = std::function<void()>;

    std::uint64_t number_ = 0;
    // Audio blocks are large and each takes a while to process, so deliver few at a time.
    Mailbox<Call> mailbox_{"listening",
                           [](const std::vector<Call>& calls) {
                               for (const Call& call : calls)
                                   call();
                           },
                           8};
    // Destroyed before the mailbox that they post to.
    std::unique_ptr<ListeningService> listening_;
    std::unique_ptr<SeparationService> separation_;
};

} // namespace headroom::ui
