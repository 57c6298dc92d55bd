#include "core/audio/known_lengths.h"

#include <map>
#include <mutex>

namespace headroom {

std::int64_t lengthCountedOnce(const FileBytes& file, const std::function<std::int64_t()>& count) {
    static std::mutex mutex;
    static std::map<FileBytes::Identity, std::int64_t> lengths;
    {
        const std::lock_guard lock(mutex);
        if (const auto known = lengths.find(file.identity()); known != lengths.end())
            return known->second;
    }
    const std::int64_t length = count();
    const std::lock_guard lock(mutex);
    constexpr std::size_t most = 100000; // of files that may never be asked for again
    if (lengths.size() >= most)
        lengths.clear();
    lengths[file.identity()] = length;
    return length;
}

} // namespace headroom
