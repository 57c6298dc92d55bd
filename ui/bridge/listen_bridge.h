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

/// The services that one listens with, for the GUI thread: their answers come there, in order. GUI thread.
class ListenBridge {
public:
    ListenBridge(std::unique_ptr<ListeningService> listening, std::unique_ptr<SeparationService> separation)
        : listening_(std::move(listening)), separation_(std::move(separation)) {}

    ListeningService& listening() { return *listening_; }
    SeparationService& separation() { return *separation_; }

    /// For a new piece of work.
    std::uint64_t nextNumber() { return ++number_; }

    /// A callback for a service, which has `take` called on the GUI thread for as long as `receiver` lives.
    template <typename Answer>
    std::function<void(const Answer&)> onGui(QObject* receiver, std::function<void(const Answer&)> take) {
        return [this, guard = QPointer<QObject>(receiver), take = std::move(take)](const Answer& answer) {
            mailbox_.post([guard, take, answer] {
                if (guard)
                    take(answer);
            });
        };
    }

private:
    using Call = std::function<void()>;

    std::uint64_t number_ = 0;
    // Blocks of sound are big and each makes some work: few at once, so that the window keeps up.
    Mailbox<Call> mailbox_{"listening",
                           [](std::vector<Call> calls) {
                               for (const Call& call : calls)
                                   call();
                           },
                           8};
    // These go before the mailbox that they post to.
    std::unique_ptr<ListeningService> listening_;
    std::unique_ptr<SeparationService> separation_;
};

} // namespace headroom::ui
