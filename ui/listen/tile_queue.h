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

/// Gathers the spectrogram tiles that painting finds missing and has them drawn together, in the order in
/// which they were asked for: from the left of the view. GUI thread.
class TileQueue : public QObject {
    Q_OBJECT

public:
    using Take = std::function<void(const SpectrogramTile&)>;

    explicit TileQueue(ListenBridge& bridge);

    /// @param take called once, unless drop() comes before; its owner calls forget() before it goes
    void want(QObject* owner, TileRequest request, Take take);
    /// Nothing that was wanted so far is wanted any more.
    void drop();
    void forget(QObject* owner);

private:
    struct Wish {
        QObject* owner;
        TileRequest request;
        Take take;
    };

    void send();

    ListenBridge& bridge_;
    QTimer send_;
    std::map<std::uint64_t, Wish> wishes_; ///< by number
};

} // namespace headroom::ui
