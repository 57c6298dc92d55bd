// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace headroom::ui {

class ListenBridge;

/// Collects requests for the spectrogram tiles that painting finds missing, and sends them together, from
/// left to right. GUI thread.
class TileQueue : public QObject {
    Q_OBJECT

public:
    using Receiver = std::function<void(const SpectrogramTile&)>;

    explicit TileQueue(ListenBridge& bridge);

    /// @param owner calls cancel() before it is destroyed
    /// @param receive called once, unless clear() or cancel() comes first
    /// @return number of the request, for drop()
    std::uint64_t request(QObject* owner, TileRequest request, Receiver receive);
    /// Cancels one request, if it is still pending.
    void drop(std::uint64_t number) { pending_.erase(number); }
    /// Cancels all requests.
    void clear();
    /// Cancels the requests of an owner.
    void cancel(QObject* owner);

private:
    struct PendingTile {
        QObject* owner;
        TileRequest request;
        Receiver receive;
    };

    void send();

    ListenBridge& bridge_;
    QTimer sendTimer_;
    std::map<std::uint64_t, PendingTile> pending_; ///< by request number
};

} // namespace headroom::ui
