package dev.carillon.sandbox;

import dev.carillon.sandbox.http.Endpoint;
import dev.carillon.sandbox.http.Paging;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;

/** Pages through all posts that were accepted for a workspace, on any account. */
final class WorkspacePostsEndpoint implements Endpoint {
    private final PostQueries posts;
    private final Permalinks permalinks;

    WorkspacePostsEndpoint(PostQueries posts, Permalinks permalinks) {
        this.posts = posts;
        this.permalinks = permalinks;
    }

    @Override
    public Response answer(Request request) {
        var workspace = request.variable("workspace");
        int limit = Paging.limit(request);
        var oneMore = posts.listOfWorkspace(workspace, Paging.cursor(request), limit + 1);
        return Response.json(200, PostReplies.Page.of(oneMore, limit, posts.countOfWorkspace(workspace), permalinks));
    }
}
