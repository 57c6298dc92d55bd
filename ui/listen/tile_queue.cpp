#include "ui/listen/tile_queue.h"

#include "ui/bridge/listen_bridge.h"

#include <utility>

namespace headroom::ui {

TileQueue::TileQueue(ListenBridge& bridge) : bridge_(bridge) {
    send_.setSingleShot(true);
    connect(&send_, &QTimer::timeout, this, &TileQueue::send);
}

void TileQueue::want(QObject* owner, TileRequest request, Take take) {
    request.number = bridge_.nextNumber();
    wishes_[request.number] = {owner, std::move(request), std::move(take)};
    send_.start();
}

void TileQueue::drop() {
    wishes_.clear();
}

void TileQueue::forget(QObject* owner) {
    std::erase_if(wishes_, [owner](const auto& wish) { return wish.second.owner == owner; });
}

void TileQueue::send() {
    std::vector<TileRequest> requests;
    for (const auto& [number, wish] : wishes_)
        requests.push_back(wish.request);
    bridge_.listening().drawTiles(std::move(requests),
                                  bridge_.onGui<SpectrogramTile>(this, [this](const SpectrogramTile& tile) {
                                      auto wish = wishes_.extract(tile.number);
                                      if (!wish.empty())
                                          wish.mapped().take(tile);
                                  }));
}

} // namespace headroom::ui
