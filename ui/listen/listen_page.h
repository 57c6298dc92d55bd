#pragma once

#include "ui/listen/listen_model.h"
#include "ui/listen/player.h"
#include "ui/listen/time_axis.h"

#include <QWidget>

class QComboBox;

namespace headroom::ui {

class EmptyState;
class LaneList;
class ListenBridge;
class MessageBar;
class SdrRow;
class SourceMenu;
class StemExport;
class Theme;
class TransportBar;

/// A song in lanes: seen, heard, and two sources of its stems compared. Keys: Space and P play and pause, L
/// loops, I and O (or [ and ]) set where the loop begins and ends, Home and End, arrows move by a second, A B
/// X hear a source, 1 to 9 solo a lane; on the current lane (Up, Down) S solo, Shift+S solo alone, M mute, +
/// and - 1 dB; W loops the worst second, Ctrl+0 shows all, Ctrl++ and Ctrl+- zoom, Escape clears the
/// selection. GUI thread.
class ListenPage : public QWidget {
    Q_OBJECT

public:
    ListenPage(ListenBridge& bridge, const Theme& theme, QWidget* parent = nullptr);
    ~ListenPage() override;

    ListenModel& model() { return model_; }
    Player& player() { return player_; }
    TimeAxis& axis() { return axis_; }
    /// What is shown while there is no song.
    EmptyState& emptyState() { return *empty_; }

    /// Lists the songs of a data set, and opens the first where none is open.
    void setDataset(const QString& folder, const RunConfig& config);
    /// A run whose checkpoints are offered.
    void addRun(const QString& folder);
    /// Hears the checkpoint of a run that is nearest to a step, as A; what A was becomes B where B is free.
    void listenTo(const QString& runFolder, qint64 step);
    /// The same with the best checkpoint of a run, or else its newest; nothing where it has none.
    void listenToBest(const QString& runFolder);
    void openFile(const QString& path);
    /// Opens a song of the data set, as soon as that is listed, and plays it. @param title "train/name"
    void playSong(const QString& title);
    void loadWeights(const QString& file);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildPanel();
    QWidget* buildSong();
    QWidget* buildLanes(const Theme& theme);
    void connectModel();
    void orderTabs();
    void hearAsA(const ListenSource& source);
    void chooseFile();
    void listSongs();
    void showOpenSong();
    void openAt(int index);
    bool openWanted();
    void showError(const Error& error);
    void onMoved();

    enum class LoopPoint { Begin, End };

    void togglePlay();
    void stop();
    void seek(std::int64_t frame);
    void applyLoop();
    void setLoopPoint(LoopPoint point);
    void loopWorst();
    bool keyOnLane(int key, Qt::KeyboardModifiers modifiers);
    bool keyOnView(int key, Qt::KeyboardModifiers modifiers);

    ListenBridge& bridge_;
    Player player_;
    ListenModel model_;
    TimeAxis axis_;
    QString wanted_;           ///< title of the song that is to be played; empty: none
    bool playsLoaded_ = false; ///< once the song is decoded
    int tried_ = -1;           ///< the song that was last asked for, which "Next song" goes on from
    SourceMenu* menu_;
    MessageBar* message_;
    QComboBox* songs_;
    QWidget* next_;
    QWidget* panel_;
    LaneList* lanes_;
    SdrRow* sdr_;
    TransportBar* transport_;
    StemExport* export_;
    EmptyState* empty_;
};

} // namespace headroom::ui
