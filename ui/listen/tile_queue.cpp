// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/tile_queue.h"

#include "ui/bridge/listen_bridge.h"

#include <algorithm>
#include <utility>

namespace headroom::ui {

TileQueue::TileQueue(ListenBridge& bridge) : bridge_(bridge) {
    sendTimer_.setSingleShot(true);
    connect(&sendTimer_, &QTimer::timeout, this, &TileQueue::send);
}

std::uint64_t TileQueue::request(QObject* owner, TileRequest request, Receiver receive) {
    request.number = bridge_.nextNumber();
    const std::uint64_t number = request.number;
    pending_[number] = {owner, std::move(request), std::move(receive)};
    sendTimer_.start();
    return number;
}

void TileQueue::clear() {
    pending_.clear();
}

void TileQueue::cancel(QObject* owner) {
    std::erase_if(pending_, [owner](const auto& entry) { return entry.second.owner == owner; });
}

void TileQueue::send() {
    std::vector<TileRequest> requests;
    for (const auto& [number, tile] : pending_)
        requests.push_back(tile.request);
    std::ranges::stable_sort(requests, {}, &TileRequest::begin);
    bridge_.listening().drawTiles(std::move(requests),
                                  bridge_.onGui<SpectrogramTile>(this, [this](const SpectrogramTile& tile) {
                                      auto pending = pending_.extract(tile.number);
                                      if (!pending.empty())
                                          pending.mapped().receive(tile);
                                  }));
}

} // namespace headroom::ui
